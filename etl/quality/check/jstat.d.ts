// What debr uses of jstat, which brings no types.
declare const jStat: {
  readonly chisquare: { readonly cdf: (x: number, degreesOfFreedom: number) => number };
};
export default jStat;
