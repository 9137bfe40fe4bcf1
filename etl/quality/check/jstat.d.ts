// The parts of jstat in use, which has no types.
declare const jStat: {
  readonly chisquare: { readonly cdf: (x: number, degreesOfFreedom: number) => number };
};
export default jStat;
