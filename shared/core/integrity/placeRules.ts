import type { RuleRow } from './ruleRow.ts'

/** What must be true of what lies around a run: lock, temporary files, logs, other runs, its definition's source, the clock. */
export const placeRules = [
  {
    id: 'I70',
    scope: 'files',
    severity: 'info',
    sentence: 'The process that a lock names lives.',
    remedy: 'A resume takes the lock over.',
  },
  {
    id: 'I71',
    scope: 'files',
    severity: 'info',
    sentence: 'Of the holder of a lock it can be proved whether it lives.',
    remedy: 'Look on that machine; break the lock only when nobody runs the run there.',
  },
  {
    id: 'I72',
    scope: 'files',
    severity: 'warning',
    sentence: 'A lock can be read.',
    remedy: 'It names nobody: break the lock once you know that no process runs the run.',
  },
  {
    id: 'I73',
    scope: 'files',
    severity: 'error',
    sentence: 'Nobody wrote after a lock was taken but its holder.',
    remedy: 'Two processes took the run: end one of them, then check again.',
  },
  {
    id: 'I74',
    scope: 'files',
    severity: 'warning',
    sentence: 'No temporary file is left over.',
    remedy: 'It may be the only good copy: look at it in Raw. "Clean up" moves it to the trash.',
  },
  {
    id: 'I75',
    scope: 'files',
    severity: 'warning',
    sentence: 'The run knows each attempt that has a log.',
    remedy: 'Records are lost: look at the log before the step runs again.',
  },
  {
    id: 'I76',
    scope: 'files',
    severity: 'info',
    sentence: 'A folder of logs or steps belongs to a run that is here.',
    remedy: 'Its run was moved or deleted by hand. Delete the folder when nobody needs it.',
  },
  {
    id: 'I77',
    scope: 'references',
    severity: 'info',
    sentence: 'The run that a run came from is here.',
    remedy: 'It was cleaned up or lies in the trash: the run itself is whole.',
  },
  {
    id: 'I78',
    scope: 'references',
    severity: 'warning',
    sentence: 'The run that a step waits for is here.',
    remedy: 'Restore it from the trash, or decide what becomes of the step.',
  },
  {
    id: 'I79',
    scope: 'times',
    severity: 'warning',
    sentence: 'Nothing in a run lies in the future.',
    remedy:
      'The clock of the machine that wrote it, or of this one, is wrong. Repair moves times that lie in the future.',
  },
  {
    id: 'I80',
    scope: 'definition',
    severity: 'warning',
    sentence: 'The recorded definition is what the source of that digest says.',
    remedy: 'The definition was changed in the run: compare it with the source before you resume.',
  },
] as const satisfies readonly RuleRow[]

export type PlaceRuleId = (typeof placeRules)[number]['id']
