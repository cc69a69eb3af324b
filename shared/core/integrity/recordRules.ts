import type { RuleRow } from './ruleRow.ts'

const compare = 'Compare the history with the logs; an edit sets the state right, with its reason.'

/** What must be true of the order of the records, which each fit the journal. */
export const recordRules = [
  {
    id: 'I60',
    scope: 'transitions',
    severity: 'error',
    sentence: 'A run is created once, by its first record.',
    remedy: compare,
  },
  {
    id: 'I61',
    scope: 'references',
    severity: 'warning',
    sentence: 'A record is about a step that the run has.',
    remedy: 'It is kept, and left out of a resume.',
  },
  {
    id: 'I62',
    scope: 'transitions',
    severity: 'error',
    sentence: 'No step begins or waits in a run that has ended.',
    remedy: compare,
  },
  {
    id: 'I63',
    scope: 'transitions',
    severity: 'error',
    sentence: 'A step that succeeded or was skipped does not begin again unless it is reset.',
    remedy: `It may have run twice: look at what it did. ${compare}`,
  },
  {
    id: 'I64',
    scope: 'transitions',
    severity: 'error',
    sentence: 'The attempts of a step count up.',
    remedy: compare,
  },
  {
    id: 'I65',
    scope: 'transitions',
    severity: 'error',
    sentence: 'A step ends once.',
    remedy: compare,
  },
  {
    id: 'I66',
    scope: 'transitions',
    severity: 'error',
    sentence: 'Only a step that waits at a gate is decided.',
    remedy: compare,
  },
  {
    id: 'I67',
    scope: 'transitions',
    severity: 'error',
    sentence: 'A completed run is not resumed.',
    remedy: compare,
  },
  {
    id: 'I68',
    scope: 'transitions',
    severity: 'error',
    sentence: 'A run ends once.',
    remedy: compare,
  },
  {
    id: 'I69',
    scope: 'times',
    severity: 'warning',
    sentence: 'The times of the records do not go back by more than a minute.',
    remedy: 'The clock of the machine was set back, or two machines with different clocks wrote.',
  },
] as const satisfies readonly RuleRow[]

export type RecordRuleId = (typeof recordRules)[number]['id']
