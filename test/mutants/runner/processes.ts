// What `node:child_process` is to the test files while mutants are tried: nothing is started, for what runs elsewhere has no mutants.

/** Begins what a test fails with that would have started a process. */
export const noProcess = 'No process is started while mutants are tried.'

function refuse(): never {
  throw new Error(noProcess)
}

export {
  refuse as exec,
  refuse as execFile,
  refuse as execFileSync,
  refuse as execSync,
  refuse as fork,
  refuse as spawn,
  refuse as spawnSync,
}
