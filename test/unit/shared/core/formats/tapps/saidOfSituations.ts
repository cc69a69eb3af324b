import type { Said } from './situations.ts'

/** What is said of each of the situations. */
export const saidOfSituations: Readonly<Record<string, Said>> = {
  'failed, and nothing says why': {
    diagnoses: [
      'F70 stuck: Failed at "design" 24 h ago, and nothing says why.',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design failed | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z failed ',
    ],
  },
  'failed with an error': {
    diagnoses: [
      'F70 stuck: Failed at "design" 24 h ago: no space left',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design failed | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z failed no space left',
    ],
  },
  blocked: {
    diagnoses: [
      'F70 stuck: Blocked at "design": a required step failed. Its own loader refuses this word.',
      'F71 attention: Its own loader would silently take full-sdlc-20260130-091500-20261121-083137.json from history, an older…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design failed | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z failed ',
    ],
  },
  'blocked with an error': {
    diagnoses: [
      'F70 stuck: Blocked at "design": a required step failed. Its own loader refuses this word. no space left',
      'F71 attention: Its own loader would silently take full-sdlc-20260130-091500-20261121-083137.json from history, an older…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design failed | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z failed no space left',
    ],
  },
  paused: {
    diagnoses: [
      'F70 stuck: Paused at "design" 24 h ago, by a person or a gate: it goes on when someone resumes it.',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design pending',
    ],
  },
  'completed with a current step': {
    findings: [
      'F53 warning: It has no _checksum: its own loader then verifies nothing.',
      'F63 warning: It is completed, but "design" is its current step.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    diagnoses: ['F70 resting: Completed 24 h ago.'],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design pending',
    ],
  },
  completed: {
    diagnoses: ['F70 resting: Completed 24 h ago.'],
    steps: ['requirements succeeded', 'planning succeeded', 'optional-docs skipped'],
  },
  'a status of no meaning': {
    diagnoses: [
      'F70 attention: Its status is "odd": this engine does not know it.',
      'F71 attention: Its own loader would silently take full-sdlc-20260130-091500-20261121-083137.json from history, an older…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
      'design pending',
    ],
  },
  'words that every object of JavaScript has': {
    diagnoses: [
      'F70 attention: Its status is "constructor": this engine does not know it.',
      'F71 attention: Its own loader would silently take full-sdlc-20260130-091500-20261121-083137.json from history, an older…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'design pending | 2026-01-30T09:16:00.000Z–2026-01-30T09:17:00.000Z cancelled ',
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
    ],
  },
  'running without a current step': {
    diagnoses: [
      'F70 stuck: Said to be running, but nothing was saved for 24 h: no file says which process that was, most likely it is…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: ['requirements succeeded', 'planning succeeded', 'optional-docs skipped'],
  },
  'one finished step': {
    diagnoses: [
      'F70 stuck: Said to be running at "design", but nothing was saved for 24 h: no file says which process that was, most…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. "planning" runs…',
    ],
  },
  'executions of every word': {
    diagnoses: [
      'F70 stuck: Said to be running at "design", but nothing was saved for 24 h: no file says which process that was, most…',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'design running | 2026-01-30T09:16:00.000Z–2026-01-30T09:17:00.000Z failed boom | 2026-01-30T09:16:00.000Z– open ',
      'build skipped | 2026-01-30T09:16:00.000Z–2026-01-30T09:17:00.000Z succeeded ',
      'test pending | 2026-01-30T09:17:00.000Z–2026-01-30T09:17:00.000Z cancelled ',
      'ship failed | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z failed ',
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
    ],
  },
  'an execution that runs in a run that does not': {
    diagnoses: [
      'F70 stuck: Paused at "design" 24 h ago, by a person or a gate: it goes on when someone resumes it.',
      'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
      'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
    ],
    steps: [
      'design pending | 2026-01-30T09:16:00.000Z–2026-01-30T09:16:00.000Z cancelled ',
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
    ],
  },
  'an execution that ended before it began': {
    findings: [
      'F53 warning: It has no _checksum: its own loader then verifies nothing.',
      'F65 warning: "planning" was completed (2026-01-30T09:15:30) before it started (2026-01-30T09:16:00).',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    repairs: [
      'description likely: saved_at becomes the time in the name of the snapshot, progress what the snapshot says.',
    ],
  },
  'no time at all': {
    findings: [
      'F53 warning: It has no _checksum: its own loader then verifies nothing.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    steps: [
      'design succeeded | 2026-11-21T08:31:38.000Z–2026-11-21T08:31:38.000Z succeeded ',
      'requirements succeeded',
      'planning succeeded',
      'optional-docs skipped',
    ],
  },
  'names of steps that are no text': {
    findings: [
      'F52 error: Its checksum cannot be taken: a list of steps holds what is no text.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    repairs: [
      'snapshot:full-sdlc-20260130-091500-20261121-083137.json likely: The step "planning" is no longer completed: it runs again. What changed between 20261121-083137 and 20261121-083138 is lost.',
      'description likely: saved_at becomes the time in the name of the snapshot, progress what the snapshot says. It then points to full-sdlc-20260130-091500-20261121-083137.json: full-sdlc-20260130-091500-20261121-083138.json is newer and does not verify.',
    ],
  },
  'its version inside': {
    findings: [
      'F61 info: It has its version inside, as its guide once said: its own loader does not read it, and verifies nothing.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    repairs: [
      'description likely: saved_at becomes the time in the name of the snapshot, progress what the snapshot says.',
    ],
  },
  'its checksum inside': {
    findings: [
      'F53 warning: It has no _checksum: its own loader then verifies nothing.',
      'F61 info: It has its checksum inside, as its guide once said: its own loader does not read it, and verifies nothing.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    repairs: [
      'description likely: saved_at becomes the time in the name of the snapshot, progress what the snapshot says.',
    ],
  },
  'its version and checksum inside': {
    findings: [
      'F61 info: It has its version and its checksum inside, as its guide once said: its own loader does not read them, and verifies nothing.',
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
  },
  'a description that says that it is packed': {
    findings: [
      'F56 warning: full-sdlc-20260130-091500.meta.json says that the state is compressed, which its name denies.',
    ],
    repairs: ['description likely: '],
  },
  'a description whose time is none': {
    findings: ['F56 warning: full-sdlc-20260130-091500.meta.json has a saved_at that is no time.'],
    repairs: [],
  },
  'a description without its time': { findings: [], repairs: [] },
  'a description that points to a newer state': {
    findings: [
      'F56 error: full-sdlc-20260130-091500.meta.json points to full-sdlc-20260130-091500-20261122-083138.json, which is not here, and was newer than any that is: its own cleanup takes the newest first. Loading it fails.',
    ],
    repairs: ['description likely: '],
  },
  'a description that points to an older state': {
    findings: [
      'F56 warning: full-sdlc-20260130-091500.meta.json points to full-sdlc-20260130-091500-20261121-083137.json, not to the newest snapshot full-sdlc-20260130-091500-20261121-083138.json.',
    ],
    repairs: ['description likely: '],
  },
  'no description and no pointer': {
    findings: [
      'F56 warning: full-sdlc-20260130-091500.meta.json is missing: its own list and `workflow resume --workflow-id` do not find the state.',
    ],
    repairs: [
      'description likely: saved_at becomes the time in the name of the snapshot, progress what the snapshot says.',
    ],
  },
  'a pointer into two folders': {
    findings: [
      'F57 warning: last.json points into /gone, its description lies in /moved: paths in it are absolute, and the project was moved.',
    ],
    repairs: ['pointer likely: '],
  },
  'a pointer that names no state': {
    findings: ['F57 warning: last.json names no state: `workflow resume` without an id fails.'],
    repairs: [
      'pointer guess: Where the project lies is not known from here: the path becomes relative, which its loader takes from the folder of the states.',
    ],
  },
}
