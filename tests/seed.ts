// One seed for every random test of a run, printed once so that a failure can be repeated.
const given = process.env.KONTOR_SEED

/** Seed of this run's random tests: `KONTOR_SEED`, set by the test command when absent. */
export const testSeed: number = given === undefined ? 20_261_125 : Number(given)
