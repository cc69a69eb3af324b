import type { KeyGroup } from '../../ui/KeySheet.tsx'

export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Ctrl K', '⌘ K'], does: 'Find runs, screens and actions' },
      { keys: ['Esc'], does: 'Close a dialog or the peek panel' },
      { keys: ['Tab'], does: 'Go to the next control' },
    ],
  },
  {
    title: 'Lists',
    keys: [
      { keys: ['j', '↓'], does: 'Next row' },
      { keys: ['k', '↑'], does: 'Previous row' },
      { keys: ['Home', 'End'], does: 'First, last row' },
      { keys: ['PgUp', 'PgDn'], does: 'A page up, down' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['Space'], does: 'Peek at the row' },
      { keys: ['/'], does: 'Search runs' },
      { keys: ['n'], does: 'In the list of runs: start a workflow' },
      { keys: ['Shift ←', 'Shift →'], does: 'On a column’s name: its width' },
    ],
  },
  {
    title: 'Forms',
    keys: [
      { keys: ['Ctrl Enter', '⌘ Enter'], does: 'Start the workflow, approve' },
      { keys: ['g'], does: 'In a run: to the decision that it waits for' },
    ],
  },
  {
    title: 'Trees',
    keys: [
      { keys: ['→', '←'], does: 'Open, close or go to the parent' },
      { keys: ['c'], does: 'Copy the path' },
      { keys: ['v'], does: 'Copy the value' },
      { keys: ['F2', 'Enter'], does: 'Edit the value' },
      { keys: ['Delete'], does: 'Remove the value' },
    ],
  },
  {
    title: 'Compare',
    keys: [
      { keys: ['n'], does: 'Next change' },
      { keys: ['p'], does: 'Previous change' },
    ],
  },
]
