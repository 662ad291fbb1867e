import "server-only";

/** How many people have their turn between two looks at whoever ordered it. */
export const batchSize = 20;

/** How long an instance that died keeps a job from the others; more than a batch takes. */
export const leaseSeconds = 60;

/** How long the result of a job is kept. */
export const keepFinishedDays = 30;
