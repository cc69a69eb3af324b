import type { Said } from './saidOf.ts'

/** What is said of each of the situations. */
export const saidOfSituations: Readonly<Record<string, Said>> = {
  'a run that is said to run': {
    findings: [],
    diagnoses: [
      'F31 attention: The run is said to be running, and it was last saved at 2026-11-21T08:36:55.385Z. AWF records no process: look whether one still writes the file. If none does, it was killed after build had ended. | at build | resume at build: See what a resume would do | Status: running | Current step: build | Saved at: 2026-11-21T08:36:55.385Z | File changed at: 2026-11-21T09:00:00.000Z',
      'F33 attention: A resume by AWF runs build again, although it is completed. Make sure that it may run twice. | at build | openStep at build: See build | build ended: 2026-11-21T08:36:51.500Z',
    ],
    points: [
      'current current states/77777777-pending.json 2026-11-21T08:36:55.385Z: The state at build. ',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build runAgain: It is completed, and AWF goes on with it all the same.',
      'test run: It has not run yet. It runs where a transition leads to it.',
      'release run: It has not run yet. It runs where a transition leads to it.',
      'AWF runs "build" again although it is finished.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'and what is said of every resume',
    ],
  },
  'a run that is said to run, and never was saved': {
    findings: [
      'F28 warning document 6:18 /CurrentStep: The run is running, and says of no step that it is the current one: AWF cannot resume it as it is. → Resume it from a step that has a state.',
    ],
    diagnoses: [
      'F31 attention: The run is said to be running, and nothing says when it was last saved. AWF records no process: look whether one still writes the file. If none does, it was killed after no step had ended. | at none | resume at none: See what a resume would do | Status: running | Current step: no step | File changed at: 2026-11-21T09:00:00.000Z',
    ],
    points: ['current current states/77777777-pending.json -: The state. '],
    resume: [
      'refused: The state names no current step: AWF has nothing to go on with. Run the workflow again.',
    ],
  },
  'a run inside a loop of a called workflow': {
    findings: [],
    diagnoses: [
      'F31 stuck: The run was cancelled at each. AWF goes on with that step. | at none | resume at none: See what a resume would do | Status: cancelled | Current step: each | Saved at: 2026-11-21T08:36:55.385Z | In a loop: yes: a resume starts the loop anew | Call stack: outer → inner | Called by run: parent-1',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'each unknown: each has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'The loop begins anew, with its first item.',
      'and what is said of every resume',
    ],
  },
  'a run that was cancelled behind a finished step': {
    findings: [],
    diagnoses: [
      'F31 stuck: The run was cancelled at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: cancelled | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
      'F33 attention: A resume by AWF runs build again, although it is completed. Make sure that it may run twice. | at build | openStep at build: See build | build ended: 2026-11-21T08:36:51.500Z',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build runAgain: It is completed, and AWF goes on with it all the same.',
      'slow run: AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.',
      'AWF runs "build" again although it is finished.',
      'AWF deletes the states of slow, with their outputs.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'and what is said of every resume',
    ],
  },
  'a run that was cancelled in a step that never ended': {
    findings: [],
    diagnoses: [
      'F31 stuck: The run was cancelled at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: cancelled | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build run: It is running: AWF goes on with it.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'and what is said of every resume',
    ],
  },
  'a run with a word of no meaning': {
    findings: [
      'F25 error document 5:13 /Status: The run has the status "bogus", which AWF does not know. It loads it, and takes it for not completed. → Set it to pending, running, completed, failed or cancelled by an edit.',
      'F25 error document 10:39 /States/build/Status: The step build has the status "odd", which AWF does not know. It loads it, and takes it for not completed. → Set it to pending, running, completed, failed or cancelled by an edit.',
    ],
    diagnoses: [
      'F31 stuck: The run has the status "bogus" at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: bogus | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build run: It is odd: AWF goes on with it.',
      'and what is said of every resume',
    ],
  },
  'a run that never began': {
    findings: [],
    diagnoses: [
      'F31 stuck: The run is pending and has no step. AWF never writes such a state when it runs a workflow: start the workflow anew. | at none | none at none: Run the workflow again | Status: pending | Current step: no step | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    points: ['current current states/77777777-pending.json 2026-11-21T08:36:55.385Z: The state. '],
    resume: [
      'refused: The state names no current step: AWF has nothing to go on with. Run the workflow again.',
    ],
    repairs: [],
  },
  'a run that is done': {
    findings: [],
    diagnoses: [
      'F31 resting: The run is completed. AWF refuses to resume it. | at none | none at none: Nothing to do | Status: completed | Current step: done | Saved at: 2026-11-21T08:36:48.057Z',
    ],
    resume: ['refused: The run is completed: AWF refuses to resume it.'],
  },
  'a failure that AWF goes on with': {
    diagnoses: [
      'F31 stuck: Step test failed with exit code 3. A resume runs test again. | at test | resume at test: Resume from test | Status: failed | Current step: test | Saved at: 2026-11-21T08:36:55.385Z | Failed step: test | Exit code: 3 | Error: no disk',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'test run: It failed with exit code 3: AWF goes on with it.',
      'release run: It has not run yet. It runs where a transition leads to it.',
      'and what is said of every resume',
    ],
  },
  'a failure without an exit code': {
    diagnoses: [
      'F32 stuck: Step test failed, and the workflow went to its end error. A plain resume goes on with that end and fails again: only a resume from test helps. | at test | resume at test: Resume from test | Status: failed | Current step: error | Saved at: 2026-11-21T08:36:55.385Z | Failed step: test | Exit code: 0',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'test reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'error unknown: error has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.',
      'AWF goes on with error, the end to which the failure led, and fails again. Resume from test.',
      'and what is said of every resume',
    ],
  },
  'several failures': {
    diagnoses: [
      'F32 stuck: Step late failed with exit code 1, and the workflow went to its end error. A plain resume goes on with that end and fails again: only a resume from late helps. | at late | resume at late: Resume from late | Status: failed | Current step: error | Saved at: 2026-11-21T08:36:55.385Z | Failed step: late | Exit code: 1',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'b reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'a reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'late reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'error unknown: error has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.',
      'AWF goes on with error, the end to which the failure led, and fails again. Resume from late.',
      'and what is said of every resume',
    ],
  },
  'several failures that ended at one moment': {
    diagnoses: [
      'F32 stuck: Step b failed, and the workflow went to its end error. A plain resume goes on with that end and fails again: only a resume from b helps. | at b | resume at b: Resume from b | Status: failed | Current step: error | Saved at: 2026-11-21T08:36:55.385Z | Failed step: b | Exit code: 0',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'b reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'a reuse: It is failed. AWF keeps its state and runs it only where a transition leads back to it.',
      'error unknown: error has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.',
      'AWF goes on with error, the end to which the failure led, and fails again. Resume from b.',
      'and what is said of every resume',
    ],
  },
  'a failure of no step': {
    diagnoses: [
      'F31 stuck: No step of it failed; it ended at error. | at none | resume at none: Resume from error | Status: failed | Current step: error | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'error unknown: error has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.',
      'and what is said of every resume',
    ],
  },
  'a failure at a finished step': {
    diagnoses: [
      'F31 stuck: No step of it failed; it ended at build. A resume runs build again. | at build | resume at build: Resume from build | Status: failed | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build runAgain: It is completed, and AWF goes on with it all the same.',
      'AWF runs "build" again although it is finished.',
      'and what is said of every resume',
    ],
  },
  'a failure without a current step': {
    findings: [],
    diagnoses: [
      'F31 stuck: No step of it failed; it ended at no step. | at none | resume at none: See what a resume would do | Status: failed | Current step: no step | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'refused: The state names no current step: AWF has nothing to go on with. Run the workflow again.',
    ],
  },
  'numbers that AWF changes': {
    diagnoses: [
      'F31 stuck: The run was cancelled at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: cancelled | Current step: build | Saved at: 2026-11-21T08:36:55.385Z | In a loop: yes: a resume starts the loop anew',
      'F34 attention: AWF changes a number when it loads the state: /Inputs/ids/1 is -9007199254740993 and becomes -9007199254740992, and 3 more. Give it again as an input when you resume, as a text. | at none | none at none: Give the input again | /Inputs/ids/1: -9007199254740993 → -9007199254740992 | /States/build/JSON: 9007199254740995 → 9007199254740996 | /States/build/Data/n: 123456789012345678901234567890 → 1.2345678901234568e+29 | /CurrentLoop/Item: 9007199254740997 → 9007199254740996',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build run: It is cancelled: AWF goes on with it.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'The loop begins anew, with its first item.',
      'AWF loads /Inputs/ids/1 as -9007199254740992, not -9007199254740993: give it again with --input.',
      'AWF loads /States/build/JSON as 9007199254740996, not 9007199254740995: what reads it gets the other number.',
      'AWF loads /States/build/Data/n as 1.2345678901234568e+29, not 123456789012345678901234567890: what reads it gets the other number.',
      'AWF loads /CurrentLoop/Item as 9007199254740996, not 9007199254740997: what reads it gets the other number.',
      'and what is said of every resume',
    ],
  },
  'a number that AWF changes, and that is no input': {
    diagnoses: [
      'F31 stuck: The run was cancelled at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: cancelled | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
      'F34 attention: AWF changes a number when it loads the state: /States/build/JSON/id is 9007199254740993 and becomes 9007199254740992. | at none | none at none: Look at what reads it | /States/build/JSON/id: 9007199254740993 → 9007199254740992',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build run: It is cancelled: AWF goes on with it.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'AWF loads /States/build/JSON/id as 9007199254740992, not 9007199254740993: what reads it gets the other number.',
      'and what is said of every resume',
    ],
  },
  'numbers that AWF cannot hold': {
    findings: [
      'F23 error document 9:25 /Inputs/ids/1/deep: /Inputs/ids/1/deep is not a number that AWF can hold: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 12:194 /States/build/JSON: /States/build/JSON is not a number that AWF can hold: AWF refuses the whole file. → Set the value right by an edit.',
    ],
    diagnoses: [
      'F31 stuck: The run was cancelled at build. AWF goes on with that step. | at build | resume at build: See what a resume would do | Status: cancelled | Current step: build | Saved at: 2026-11-21T08:36:55.385Z',
    ],
    resume: [
      'refused: /Inputs/ids/1/deep is not a number that AWF can hold: AWF refuses the whole file.',
      'refused: /States/build/JSON is not a number that AWF can hold: AWF refuses the whole file.',
    ],
  },
  'a number that AWF changes in a run that is done': {
    diagnoses: [
      'F31 resting: The run is completed. AWF refuses to resume it. | at none | none at none: Nothing to do | Status: completed | Current step: no step | Saved at: 2026-11-21T08:36:55.385Z',
    ],
  },
  'outputs that are not in the state': {
    findings: [
      'F30 info document 10:243 /States/build/Truncated: The output of build was cut by AWF: what a later step reads of it is not all. → nothing',
      'F30 info document 10:200 /States/build/OutputPath: The output of build lies in the temporary file /tmp/o, which may be gone when the run is resumed. → Keep a copy of that file.',
      'F30 info document 10:222 /States/build/StderrPath: The error output of build lies in the temporary file /tmp/e, which may be gone when the run is resumed. → Keep a copy of that file.',
      'F30 info document 11:196 /States/test/StderrPath: The error output of test lies in the temporary file /tmp/f, which may be gone when the run is resumed. → Keep a copy of that file.',
    ],
    resume: [
      'awf resume 77777777-pending --storage .',
      'build run: It is cancelled: AWF goes on with it.',
      'test run: AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.',
      'AWF deletes the states of test, with their outputs.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'The output of build lies in a temporary file, which may be gone.',
      'The output of test lies in a temporary file, which may be gone.',
      'and what is said of every resume',
    ],
  },
  'secrets in plain text': {
    findings: [
      'F29 info document 8:26 /Inputs/api_token: The input api_token lies in plain text in the file, and in every copy of it: AWF masks it in its audit log only. → Change the secret once it is not needed any more. Do not pass the file on.',
      'F29 info document 8:77 /Inputs/db_password: The input db_password lies in plain text in the file, and in every copy of it: AWF masks it in its audit log only. → Change the secret once it is not needed any more. Do not pass the file on.',
    ],
  },
  'times that run backwards': {
    findings: [
      'F27 warning document 18:18 /CompletedAt: The run ended (2026-11-21T08:36:48.500Z) before it started (2026-11-21T08:36:50.500Z). → The clock of the machine was changed, or the document was edited by hand.',
      'F27 warning document 17:16 /UpdatedAt: The run was saved (2026-11-21T08:36:49.500Z) before it started (2026-11-21T08:36:50.500Z). → The clock of the machine was changed, or the document was edited by hand.',
      'F27 warning document 10:162 /States/build/CompletedAt: The step build ended (2026-11-21T08:36:49.500Z) before it started (2026-11-21T08:36:50.500Z). → The clock of the machine was changed, or the document was edited by hand.',
    ],
  },
  'names that are not those they are kept under': {
    findings: [
      'F26 warning document 2:17 /WorkflowID: The state says that it is run other, and its file is named 77777777-pending. AWF finds it by the name of the file, and writes its next state under the other. → Find out which run it is, then name the file, or the run in it, so.',
      'F26 warning document 10:18 /States/a/Name: The state of a says that it is that of b. AWF finds it by its key. → Find out which step it is, then name both alike by an edit.',
      'F26 warning document 11:18 /States/c/Name: The state of c says that it is that of no step. AWF finds it by its key. → Find out which step it is, then name both alike by an edit.',
    ],
  },
  'a copy under another name': {
    findings: [
      'F26 warning document 2:17 /WorkflowID: The state says that it is run 77777777-pending, and its file is named copy. AWF finds it by the name of the file, and writes its next state under the other. → Find out which run it is, then name the file, or the run in it, so.',
    ],
    points: [
      'current current storage/states/copy.json 2026-11-21T08:36:55.385Z: The state at build. ',
    ],
    resume: [
      'awf resume copy --storage storage',
      'build runAgain: It is completed, and AWF goes on with it all the same.',
      'AWF runs "build" again although it is finished.',
      'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
      'and what is said of every resume',
    ],
  },
  'keys that are missing': {
    findings: [
      'F24 warning document 1:1 : The key WorkflowID is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 1:1 : The key CurrentStep is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 1:1 : The key Env is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 1:1 : The key UpdatedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key Name is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key Output is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key Stderr is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key ExitCode is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key Attempt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key Error is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key StartedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 8:10 /States/a: The key CompletedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F26 warning document null:null /WorkflowID: The state does not say which run it is, and its file is named 77777777-pending. AWF finds it by the name of the file, and writes its next state under no name. → Find out which run it is, then name the file, or the run in it, so.',
    ],
  },
  'keys that AWF does not know, or takes for another': {
    findings: [
      'F24 warning document 10:203 /States/a/Colour: AWF does not know the key Colour: it passes over it, and drops it when it next saves. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 18:3 /Mood: AWF does not know the key Mood: it passes over it, and drops it when it next saves. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 19:3 /exitcode: The key ExitCode stands twice, in another case: AWF takes the last one. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 19:3 /exitcode: AWF takes the key exitcode for ExitCode, and writes it so when it next saves. → Compare it with a state that the same version of AWF wrote.',
    ],
  },
  'values that AWF refuses': {
    findings: [
      'F23 error document 5:13 /Status: /Status is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 7:15 /ExitCode: /ExitCode is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 8:13 /Inputs: /Inputs is not an object: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:18 /States/a: /States/a is not an object: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:35 /States/b/Attempt: /States/b/Attempt is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:57 /States/b/TokensEstimated: /States/b/TokensEstimated is not true or false: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:74 /States/b/Response: /States/b/Response is not an object: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:105 /States/b/Conversation/SessionID: /States/b/Conversation/SessionID is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:124 /States/b/Conversation/Turns/0/Role: /States/b/Conversation/Turns/0/Role is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:135 /States/b/Conversation/Turns/0/Tokens: /States/b/Conversation/Turns/0/Tokens is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:140 /States/b/Conversation/Turns/1: /States/b/Conversation/Turns/1 is not an object: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:158 /States/b/Conversation/TotalTurns: /States/b/Conversation/TotalTurns is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:174 /States/b/Conversation/StoppedBy: /States/b/Conversation/StoppedBy is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 9:207 /States/c/Conversation/Turns: /States/c/Conversation/Turns is not a list of turns: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 10:15 /Env/A: /Env/A is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 11:16 /StartedAt: /StartedAt is not a time: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 14:27 /CurrentLoop/Index: /CurrentLoop/Index is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 14:39 /CurrentLoop/First: /CurrentLoop/First is not true or false: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 14:60 /CurrentLoop/Parent/Length: /CurrentLoop/Parent/Length is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 14:73 /CurrentLoop/Parent/Parent: /CurrentLoop/Parent/Parent is not an object: AWF refuses the whole file. → Set the value right by an edit.',
      'F23 error document 15:21 /CallStack/1: /CallStack/1 is not a text: AWF refuses the whole file. → Set the value right by an edit.',
      'F25 error document 9:24 /States/b/Status: The step b has the status "", which AWF does not know. It loads it, and takes it for not completed. → Set it to pending, running, completed, failed or cancelled by an edit.',
      'F25 error document 9:182 /States/c/Status: The step c has the status "", which AWF does not know. It loads it, and takes it for not completed. → Set it to pending, running, completed, failed or cancelled by an edit.',
      'F25 error document 9:216 /States/d/Status: The step d has the status "", which AWF does not know. It loads it, and takes it for not completed. → Set it to pending, running, completed, failed or cancelled by an edit.',
      'F24 warning document 9:24 /States/b: The key Name is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key Status is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key Output is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key Stderr is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key ExitCode is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key Error is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key StartedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:24 /States/b: The key CompletedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Name is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Status is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Output is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Stderr is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key ExitCode is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Attempt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key Error is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key StartedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
      'F24 warning document 9:182 /States/c: The key CompletedAt is missing, which every version of AWF writes: it is taken for empty. → Compare it with a state that the same version of AWF wrote.',
    ],
  },
  'the largest and the smallest whole numbers of Go': {
    findings: [
      'F23 error document 10:78 /States/a/ExitCode: /States/a/ExitCode is not a whole number: AWF refuses the whole file. → Set the value right by an edit.',
    ],
  },
  'temporary files of every kind beside a whole state': {
    findings: [
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.1.1.tmp behind. It is whole, and may be newer than the state. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.2.2.tmp behind. It is whole, and may be newer than the state. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.3.3.tmp behind. It is whole, and may be newer than the state. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.4.4.tmp behind. It is of another run, other. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.5.5.tmp behind. It is not whole: The text ends inside a string. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.7.7.tmp behind. It does not say of which run it is. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.6.6.tmp behind. It is whole, and may be newer than the state. → Compare it with the state, then take it over or move it to the trash.',
    ],
    points: [
      'current current states/77777777-pending.json 2026-11-21T08:36:55.385Z: The state at build. ',
      'temporary:77777777-pending.json.1.1.tmp temporary states/77777777-pending.json.1.1.tmp 2026-11-21T08:36:56.500Z: Left-over temporary file 77777777-pending.json.1.1.tmp. ',
      'temporary:77777777-pending.json.2.2.tmp temporary states/77777777-pending.json.2.2.tmp 2026-11-21T08:36:58.500Z: Left-over temporary file 77777777-pending.json.2.2.tmp. ',
      'temporary:77777777-pending.json.3.3.tmp temporary states/77777777-pending.json.3.3.tmp 2026-11-21T08:36:54.500Z: Left-over temporary file 77777777-pending.json.3.3.tmp. ',
      'temporary:77777777-pending.json.4.4.tmp temporary states/77777777-pending.json.4.4.tmp 2026-11-21T08:36:59.500Z: Left-over temporary file 77777777-pending.json.4.4.tmp. It is of another run, other.',
      'temporary:77777777-pending.json.5.5.tmp temporary states/77777777-pending.json.5.5.tmp -: Left-over temporary file 77777777-pending.json.5.5.tmp. It is not whole: The text ends inside a string.',
      'temporary:77777777-pending.json.7.7.tmp temporary states/77777777-pending.json.7.7.tmp -: Left-over temporary file 77777777-pending.json.7.7.tmp. It does not say of which run it is.',
      'temporary:77777777-pending.json.6.6.tmp temporary states/77777777-pending.json.6.6.tmp 2026-11-21T08:36:56.500Z: Left-over temporary file 77777777-pending.json.6.6.tmp. ',
    ],
    repairs: [
      'temporary:77777777-pending.json.2.2.tmp likely: Take over the left-over temporary file, saved at 2026-11-21T08:36:58.500Z, at no step | The state as it is now, saved at 2026-11-21T08:36:55.385Z at build: it is older. | states/77777777-pending.json is written (the state) | states/77777777-pending.json.2.2.tmp goes (the left-over temporary file)',
      'temporary:77777777-pending.json.1.1.tmp likely: Take over the left-over temporary file, saved at 2026-11-21T08:36:56.500Z, at no step | The state as it is now, saved at 2026-11-21T08:36:55.385Z at build: it is older. | states/77777777-pending.json is written (the state) | states/77777777-pending.json.1.1.tmp goes (the left-over temporary file)',
      'temporary:77777777-pending.json.6.6.tmp likely: Take over the left-over temporary file, saved at 2026-11-21T08:36:56.500Z, at test | The state as it is now, saved at 2026-11-21T08:36:55.385Z at build: it is older. | states/77777777-pending.json is written (the state) | states/77777777-pending.json.6.6.tmp goes (the left-over temporary file)',
      'trash:77777777-pending.json.3.3.tmp certain: Move the left-over temporary file to the trash | The temporary file, which AWF never reads. It is not newer than the state. | states/77777777-pending.json.3.3.tmp goes (the left-over temporary file)',
      'trash:77777777-pending.json.4.4.tmp certain: Move the left-over temporary file to the trash | The temporary file, which AWF never reads. It is of another run, other. | states/77777777-pending.json.4.4.tmp goes (the left-over temporary file)',
      'trash:77777777-pending.json.5.5.tmp certain: Move the left-over temporary file to the trash | The temporary file, which AWF never reads. It is not whole: The text ends inside a string. | states/77777777-pending.json.5.5.tmp goes (the left-over temporary file)',
      'trash:77777777-pending.json.7.7.tmp certain: Move the left-over temporary file to the trash | The temporary file, which AWF never reads. It does not say of which run it is. | states/77777777-pending.json.7.7.tmp goes (the left-over temporary file)',
    ],
  },
  'temporary files beside a damaged state': {
    findings: [
      'F22 error document 42:15 null: The AWF state cannot be read. The text ends inside a string. What AWF cannot load it leaves out of its lists without a word. → Repair it from a left-over temporary file, or from what of it is whole.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.3.3.tmp behind. It is whole, and may be newer than the state. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.5.5.tmp behind. It is not whole: The text ends where a key in quotes was expected. → Compare it with the state, then take it over or move it to the trash.',
      'F35 warning temporary null:null null: AWF left the temporary file 77777777-pending.json.6.6.tmp behind. It is not whole: The document is no object. → Compare it with the state, then take it over or move it to the trash.',
    ],
    points: [
      'temporary:77777777-pending.json.3.3.tmp temporary states/77777777-pending.json.3.3.tmp 2026-11-21T08:36:54.500Z: Left-over temporary file 77777777-pending.json.3.3.tmp. ',
      'temporary:77777777-pending.json.5.5.tmp temporary states/77777777-pending.json.5.5.tmp -: Left-over temporary file 77777777-pending.json.5.5.tmp. It is not whole: The text ends where a key in quotes was expected.',
      'temporary:77777777-pending.json.6.6.tmp temporary states/77777777-pending.json.6.6.tmp -: Left-over temporary file 77777777-pending.json.6.6.tmp. It is not whole: The document is no object.',
    ],
    repairs: [
      'temporary:77777777-pending.json.3.3.tmp likely: Take over the left-over temporary file, saved at 2026-11-21T08:36:54.500Z, at no step | What the damaged file says and the temporary file does not: compare them first. | states/77777777-pending.json is written (the state) | states/77777777-pending.json.3.3.tmp goes (the left-over temporary file)',
      'salvage guess: Keep what can be read of the damaged file | Line 42: The document is cut inside a text. It is untrusted and left out. | Line 42: The document is cut here. What was open is closed behind the last complete value. | Line 42: in doubt: "R | states/77777777-pending.json is written (what could be read of the state)',
    ],
  },
  'a temporary file of no time': {
    points: [
      'temporary:77777777-pending.json.1.1.tmp temporary states/77777777-pending.json.1.1.tmp -: Left-over temporary file 77777777-pending.json.1.1.tmp. ',
    ],
    repairs: [
      'temporary:77777777-pending.json.1.1.tmp likely: Take over the left-over temporary file, saved at an unknown time, at no step | What the damaged file says and the temporary file does not: compare them first. | states/77777777-pending.json is written (the state) | states/77777777-pending.json.1.1.tmp goes (the left-over temporary file)',
      'salvage guess: Keep what can be read of the damaged file | Line 42: The document is cut inside a text. It is untrusted and left out. | Line 42: The document is cut here. What was open is closed behind the last complete value. | Line 42: in doubt: "R | states/77777777-pending.json is written (what could be read of the state)',
    ],
  },
  'a left-over file that was opened itself': {
    findings: [],
    points: [
      'current current states/99999999-aaaa.json.1.2.tmp 2026-11-21T08:36:55.385Z: The state. ',
    ],
  },
  'a resume from the step before': {
    resume: [
      'awf resume 77777777-pending --from previous --storage .',
      'never reuse: It is pending. AWF keeps its state and runs it only where a transition leads back to it.',
      'build reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'lint runAgain: It is completed, and AWF goes on with it all the same.',
      'test run: AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.',
      'AWF runs "lint" again although it is finished.',
      'AWF deletes the states of test, with their outputs.',
      'and what is said of every resume',
    ],
  },
  'a resume from the step before where none has ended': {
    resume: ['refused: No step before the current one has ended: there is none to go back to.'],
  },
  'a resume from the current step': {
    resume: ['refused: -odd begins with a hyphen: AWF takes it for an option.'],
  },
  'a resume from a step with what ended after it': {
    resume: [
      'awf resume 77777777-pending --from build',
      'build runAgain: It is completed, and AWF goes on with it all the same.',
      'same reuse: It is completed. AWF keeps its state and runs it only where a transition leads back to it.',
      'test run: AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.',
      'late run: AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.',
      'AWF runs "build" again although it is finished.',
      'AWF deletes the states of test, late, with their outputs.',
      'and what is said of every resume',
    ],
  },
  'a resume of a run whose definition has lost the current step': {
    resume: [
      'refused: The definition of deploy has no state gone any more: AWF refuses to resume the run.',
    ],
  },
  'a resume of a state that AWF refuses': {
    resume: [
      'refused: /CallStack is not a list of texts: AWF refuses the whole file.',
      'refused: The run is completed: AWF refuses to resume it.',
      'refused: -x begins with a hyphen: AWF takes it for an option.',
      'refused: -x has no state in this run: AWF goes on only from a step that has one.',
    ],
  },
}
