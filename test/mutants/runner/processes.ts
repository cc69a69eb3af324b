// What `node:child_process` is to the test files while mutants are tried: nothing is started, for what runs elsewhere has no mutants.

/** Begins what a test fails with that would have started a process. */
export const noProcess = 'No process is started while mutants are tried.'

export function execFileSync(): never {
  throw new Error(noProcess)
}
