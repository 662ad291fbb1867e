/** Runs what is measured and tells the person who waits about it. */
export type Measuring = <T>(work: () => Promise<T>) => Promise<T>;
