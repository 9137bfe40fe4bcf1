// Types for the parts of jstat that debr uses; jstat has none of its own.
declare const jStat: {
  readonly chisquare: { readonly cdf: (x: number, degreesOfFreedom: number) => number };
};
export default jStat;
