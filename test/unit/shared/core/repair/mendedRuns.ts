/** By rule, what is set right in the run of its fixture, why, and which values that changes. */
export const mendedRuns: Readonly<Record<string, readonly string[]>> = {
  I10: [
    'I10@/steps/deploy/attempts R63 likely /steps/deploy/attempts: The step deploy is set from running to succeeded, because its attempt 1 succeeded.',
    'I10: The step deploy is running, but has no attempt that is open.',
    'replace /steps/deploy/status "succeeded"',
  ],
  I39: [
    'I39@/steps/test/attempts/0/outcome R64 likely /steps/test/attempts/0/outcome: Attempt 1 of test is closed as interrupted, because attempt 2 began after it.',
    'I39: Attempt 1 of test has no end, and another was made after it.',
    'replace /steps/test/attempts/0/finishedAt "2026-01-02T03:04:14.000Z"',
    'replace /steps/test/attempts/0/outcome "cancelled"',
    'replace /steps/test/attempts/0/error {"name":"Interrupted","message":"Its host ended before the result was recorded.","code":null,"stack":null}',
  ],
  I38: [
    'I38@/steps/deploy/attempts/0/outcome R64 likely /steps/deploy/attempts/0/outcome: Attempt 1 of deploy is closed as succeeded at 2026-01-02T03:04:19.000Z, because the step succeeded.',
    'I38: The step deploy is succeeded, but its attempt 1 has no end.',
    'replace /steps/deploy/attempts/0/finishedAt "2026-01-02T03:04:19.000Z"',
    'replace /steps/deploy/attempts/0/outcome "succeeded"',
  ],
  I41: [
    'I41@/steps/test/attempts/0/finishedAt R64 likely /steps/test/attempts/0/finishedAt: Attempt 1 of test ends at 2026-01-02T03:04:14.000Z: it cannot have ended later.',
    'I41: Attempt 1 of test failed, and nothing says when.',
    'replace /steps/test/attempts/0/finishedAt "2026-01-02T03:04:14.000Z"',
  ],
  I12: [
    'I12@/steps/deploy/waitingOn R65 certain /steps/deploy/waitingOn: What deploy waits for goes, because it is succeeded.',
    'I12: The step deploy is succeeded, but still waits (time).',
    'replace /steps/deploy/waitingOn null',
  ],
  I13: [
    'I13@/steps/deploy/waitingOn R65 likely /steps/deploy/waitingOn: The step deploy is pending again, because nothing says what it waits for: a resume looks at it anew.',
    'I13: The step deploy waits, and nothing says what for.',
    'replace /status "paused"',
    'replace /steps/deploy/status "pending"',
  ],
  I5: [
    'I5@/lineage/parent R66 likely /lineage/parent: The run has no parent: it cannot have come from itself.',
    'I5: The run names itself as its parent.',
    'replace /lineage null',
  ],
  I16: [
    'I16@cp-11 R67 likely /checkpoints/1/seq: The checkpoint "test is done" leaves the list: record 15, at which it is, is not there.',
    'I16: The checkpoint "test is done" is at record 15, but the state ends at record 14.',
    'remove /checkpoints/1',
  ],
  I14: [
    'I14@cp-11 R66 likely /checkpoints/1/parent: The checkpoint "test is done" follows none, because cp-9 cannot be before it.',
    'I14: The checkpoint "test is done" follows cp-9, which is not there.',
    'replace /checkpoints/1/parent null',
  ],
  I18: [
    'I18@cp-11 R66 likely /checkpoints/1/parent: The checkpoint "test is done" follows none, because cp-5 cannot be before it.',
    'I18: The checkpoint "test is done" (record 4) follows "build is done", which came later (record 5).',
    'replace /checkpoints/1/parent null',
  ],
  I47: [
    'I47@decision-99-test R67 likely /decisions/0/seq: The decision "rerun" about test leaves the list: its record is not there.',
    'I47: The decision about test is record 99, but the state ends at record 14.',
    'remove /decisions/0',
  ],
  I19: [
    'I19@cp-11 R66 likely /checkpoints/1/step: The checkpoint "test is done" names no step, because the run has no tset.',
    'I19: The checkpoint "test is done" was made by tset, which is no step of the run.',
    'replace /checkpoints/1/step null',
  ],
  I54: [
    'I54@/workflow/definition R69 likely /workflow/definition: The run is one of refund, as the definition says that it carries.',
    'I54: The run is one of release 1.4, but carries the definition of refund 1.4.',
    'replace /workflow/name "refund"',
  ],
  I55: [
    'I55@/workflow/digest R69 certain /workflow/digest: The digest of the definition goes, because it is none: definitions are compared instead.',
    'I55: The digest of the definition is none: sha256:unknown',
    'replace /workflow/digest null',
  ],
  I1: [
    'I1@/steps/deploy/status R61 likely /steps/deploy/status: The run is set from completed to paused, because its step deploy is still to come.',
    'I1: The run is completed, but its step deploy is pending.',
    'replace /status "paused"',
    'replace /finishedAt null',
  ],
  I2: [
    'I2@/status R61 likely /status: The run is set from failed to completed, because all its steps ended well or were skipped.',
    'I2: The run is failed, but no step failed and no error is given.',
    'replace /status "completed"',
  ],
  I3: [
    'I3@/steps/deploy/status R61 likely /steps/deploy/status: The run is set from paused to running, because its step deploy is running.',
    'I3: The step deploy is running in a run that is paused.',
    'replace /status "running"',
  ],
  I44: [
    'I44@/status R61 likely /status: The run is set from waiting to completed, because all its steps ended well or were skipped.',
    'I44: The run waits, but none of its steps does.',
    'replace /status "completed"',
    'replace /finishedAt "2026-01-02T03:04:18.000Z"',
  ],
  I46: [
    'I46@/error R61 likely /error: The error of the run goes, because the run is completed and all its steps ended well.',
    'I46: The run is completed, but has an error: it ended with 1',
    'replace /error null',
  ],
  I4: [
    'I4@/finishedAt R62 likely /finishedAt: The run ends at 2026-01-02T03:04:18.000Z: the last time that its steps, or the run itself, tell.',
    'I4: The run is completed, but nothing says when it ended.',
    'replace /finishedAt "2026-01-02T03:04:18.000Z"',
  ],
  I45: [
    'I45@/startedAt R62 likely /startedAt: The run starts at 2026-01-02T03:04:08.000Z: nothing of it is known to be earlier.',
    'I45: The run is completed, but nothing says when it started.',
    'replace /startedAt "2026-01-02T03:04:08.000Z"',
  ],
  I52: [
    'I52@/steps/build/attempts/0/startedAt R70 likely /steps/build/attempts/0/startedAt: The run is created at 2026-01-02T03:03:05.000Z: the first time that anything of it tells.',
    'I52: Attempt 1 of build began (2026-01-02T03:03:05.000Z) before the run was created (2026-01-02T03:04:05.000Z).',
    'replace /createdAt "2026-01-02T03:03:05.000Z"',
  ],
  I48: [
    'I48@/startedAt R70 likely /startedAt: The run is created at 2026-01-02T03:03:35.000Z: the first time that anything of it tells.',
    'I48: The run started (2026-01-02T03:03:35.000Z) before it was created (2026-01-02T03:04:05.000Z).',
    'replace /createdAt "2026-01-02T03:03:35.000Z"',
  ],
  I7: [
    'I7@/updatedAt R70 likely /updatedAt: The run is created at 2026-01-02T03:04:19.000Z: the first time that anything of it tells.',
    'I7: The run was last changed (2026-01-02T03:04:19.000Z) before it was created (2026-01-02T03:04:25.000Z).',
    'replace /createdAt "2026-01-02T03:04:19.000Z"',
  ],
  I8: [
    'I8@/steps/build/attempts/0/finishedAt R70 likely /steps/build/attempts/0/finishedAt: Attempt 1 of build ends when it started (2026-01-02T03:04:08.000Z): how long it took is not known.',
    'I8: Attempt 1 of build finished (2026-01-02T03:04:07.000Z) before it started (2026-01-02T03:04:08.000Z).',
    'replace /steps/build/attempts/0/finishedAt "2026-01-02T03:04:08.000Z"',
  ],
  I49: [
    'I49@/steps/test/attempts/1/startedAt R70 likely /steps/test/attempts/1/startedAt: Attempt 1 of test ends at 2026-01-02T03:04:11.500Z, when attempt 2 began.',
    'I49: Attempt 2 of test began (2026-01-02T03:04:11.500Z) before the one before it ended (2026-01-02T03:04:12.000Z).',
    'replace /steps/test/attempts/0/finishedAt "2026-01-02T03:04:11.500Z"',
  ],
  I51: [
    'I51@cp-11 R70 likely /checkpoints/1/at: The checkpoint "test is done" was made at 2026-01-02T03:04:10.000Z, like the one that it follows: not before it.',
    'I51: The checkpoint "test is done" (2026-01-02T03:04:09.000Z) was made before the one that it follows (2026-01-02T03:04:10.000Z).',
    'replace /checkpoints/1/at "2026-01-02T03:04:10.000Z"',
  ],
  I6: [
    'I6@/finishedAt R70 likely /finishedAt: The run ends at 2026-01-02T03:04:18.000Z: the last time that its steps tell.',
    'I6: The run finished (2026-01-02T03:04:06.000Z) before it started (2026-01-02T03:04:07.000Z).',
    'replace /finishedAt "2026-01-02T03:04:18.000Z"',
  ],
  I50: [
    'I50@/finishedAt R70 certain /finishedAt: The last change of the run is this repair: something of it is later than the change that it names.',
    'I50: The run was last changed at 2026-01-02T03:04:19.000Z, but it ended at 2026-01-02T03:04:25.000Z.',
    'replace /updatedAt "2026-01-02T03:04:25.000Z"',
  ],
}
