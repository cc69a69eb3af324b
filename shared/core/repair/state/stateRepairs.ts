import { definitionRepairs } from './definitionRepairs.ts'
import { referenceRepairs } from './referenceRepairs.ts'
import type { StateRepairs } from './stateRepair.ts'
import { statusRepairs } from './statusRepairs.ts'
import { stepRepairs } from './stepRepairs.ts'
import { timeRepairs } from './timeRepairs.ts'

/** In the order in which they are made: the status of a run is taken from steps that are right. */
export const stateRepairs: StateRepairs = {
  ...stepRepairs,
  ...referenceRepairs,
  ...definitionRepairs,
  ...statusRepairs,
  ...timeRepairs,
}

const person = 'Either may be true: say by an edit which.'
const history = 'It is told by the records, and history is not written anew.'

/** [R60] Why a rule has no repair: every other one has one, of the state or of the files. */
export const notRepaired: Readonly<Record<string, string>> = {
  I9: 'Logs are named by the numbers of attempts: another number would part them.',
  I15: 'Which of the two is meant is not known: tell them apart by their sequence numbers.',
  I17: 'It is no damage: a reset makes progress fall.',
  I20: 'It is kept, with what it did, and left out of a resume.',
  I22: 'The definition is a person’s: correct it and resume with it.',
  I40: person,
  I42: 'It is kept, with what it did, and left out of a resume.',
  I43: 'Reset the step by an edit: it makes its items anew.',
  I53: person,
  I70: 'A resume takes the lock over.',
  I71: 'Nothing proves that its holder is gone.',
  I72: 'It names nobody: only a person can know that nobody runs the run.',
  I73: 'Two processes took the run: end one of them first.',
  I74: 'It is a source of the repair; clean up moves it to the trash.',
  I75: 'What the attempt did stands in its log alone: look at it before the step runs again.',
  I76: 'Its run is not here.',
  I77: 'The name of the run that it came from stays: the run itself is whole.',
  I78: 'Restore that run from the trash, or decide what becomes of the step.',
  I80: 'Compare the definition with the source before you resume.',
  I60: history,
  I61: history,
  I62: history,
  I63: history,
  I64: history,
  I65: history,
  I66: history,
  I67: history,
  I68: history,
  I69: history,
  C8: 'Open it with the version of Unstuck that wrote it.',
  C10: 'The next write of the head corrects it.',
  F5: 'Set the value right in the file: its version is not written any more.',
  F10: 'It is no damage.',
  F11: 'It is too long to be read at once.',
  I35: 'Nothing proves an old document; look at it before you migrate it.',
}
