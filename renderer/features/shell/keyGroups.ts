import type { KeyGroup } from '../../ui/KeySheet.tsx'

export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Ctrl K', '⌘ K'], does: 'Find runs, screens and actions' },
      { keys: ['Esc'], does: 'Close a dialog or the peek panel, then select nothing' },
      { keys: ['Tab'], does: 'Go to the next control' },
      { keys: ['Alt ←', '⌘ ['], does: 'Go back' },
    ],
  },
  {
    title: 'Lists',
    keys: [
      { keys: ['j', '↓'], does: 'Next row' },
      { keys: ['k', '↑'], does: 'Previous row' },
      { keys: ['Home', 'g g', 'End', 'G'], does: 'First, last row' },
      { keys: ['x'], does: 'Choose the row, or let it go' },
      {
        keys: ['Shift j', 'Shift k'],
        does: 'Choose on, row by row; also with ↓ ↑ PgDn PgUp Home End',
      },
      { keys: ['Ctrl A', '⌘ A'], does: 'Choose all rows that are loaded; again: all that match' },
      { keys: ['Shift click'], does: 'Choose all from the last chosen row to this one' },
      { keys: ['Ctrl click', '⌘ click'], does: 'Choose this row too, or let it go' },
      { keys: ['PgUp', 'PgDn'], does: 'A page up, down' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['Space'], does: 'Peek at the row' },
      { keys: ['/'], does: 'Search runs' },
      { keys: ['f'], does: 'In the list of runs: add a filter' },
      { keys: ['.'], does: 'Let new rows in' },
      { keys: ['n'], does: 'In the list of runs: start a workflow' },
      { keys: ['Shift ←', 'Shift →'], does: 'On a column’s name: its width' },
      { keys: ['Ctrl Shift ←', 'Ctrl Shift →'], does: 'On a column’s name: its place' },
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
    title: 'A run and its steps',
    keys: [
      { keys: ['Esc'], does: 'Back to the list, as it was left' },
      { keys: ['d'], does: 'Where it parted from the last good run' },
      { keys: ['j', 'k'], does: 'Next, previous step' },
      { keys: ['↓', '↑'], does: 'In the graph: to what needs the step, to what it needs' },
      { keys: ['←', '→'], does: 'In the graph: to the neighbours' },
      { keys: ['Enter'], does: 'In the graph: open the log of the step' },
      { keys: ['+', '−', '0'], does: 'In the graph and the timeline: zoom' },
      { keys: ['f'], does: 'In the graph and the timeline: all of it' },
    ],
  },
  {
    title: 'Trees',
    keys: [
      { keys: ['→', '←'], does: 'Open, close or go to the parent' },
      { keys: ['Space'], does: 'Open or close, show more' },
      { keys: ['c', 'C'], does: 'Copy the path, as a pointer or with dots' },
      { keys: ['v'], does: 'Copy the value' },
      { keys: ['F2', 'Enter'], does: 'Edit the value' },
      { keys: ['Delete'], does: 'Remove the value' },
    ],
  },
  {
    title: 'State and logs of a run',
    keys: [
      { keys: ['/'], does: 'Search' },
      { keys: ['n', 'p'], does: 'Next, previous place that was found' },
    ],
  },
  {
    title: 'Repair',
    keys: [
      { keys: ['j', 'k'], does: 'Next, previous fix, and its bytes' },
      { keys: ['Space'], does: 'Accept or reject the fix' },
      { keys: ['Enter'], does: 'Repair, after a question' },
      { keys: ['u'], does: 'Undo the repair that was just made' },
    ],
  },
  {
    title: 'Compare',
    keys: [
      { keys: ['n'], does: 'Next change' },
      { keys: ['p'], does: 'Previous change' },
      { keys: ['d'], does: 'Two runs: to where they part' },
      { keys: ['b'], does: 'What changed the value' },
      { keys: ['e'], does: 'To the value in its run, where it is edited' },
      { keys: ['c', 'v'], does: 'Copy the path, the value' },
      { keys: ['1', '2'], does: 'Choose what is before, after' },
      { keys: ['s'], does: 'Swap sides' },
    ],
  },
  {
    title: 'Tabs and dividers',
    keys: [
      { keys: ['←', '→'], does: 'Next or previous tab; on a divider: move it' },
      { keys: ['Home', 'End'], does: 'First, last; smallest, largest' },
    ],
  },
]
