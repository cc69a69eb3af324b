import type { CheckedRule, RuleWords } from '../../state/checkTally.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'

export const ruleColumns: readonly DataColumn<CheckedRule>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: 100,
    cell: (row) => <StatusWord status={row.severity} size="s" />,
  },
  {
    id: 'rule',
    header: 'Rule',
    width: 64,
    cell: (row) => (row.rule === unchecked ? '–' : <code>{row.rule}</code>),
  },
  {
    id: 'sentence',
    header: 'What has to be true',
    width: 420,
    least: 160,
    grow: true,
    cell: (row) => {
      const { sentence } = ruleOf(row)
      return <span title={sentence}>{sentence}</span>
    },
  },
  {
    id: 'count',
    header: 'Findings',
    width: 84,
    align: 'end',
    cell: (row) => row.count.toLocaleString('en'),
  },
  {
    id: 'items',
    header: 'Runs, files',
    width: 96,
    align: 'end',
    cell: (row) => row.items.toLocaleString('en'),
  },
]

const unchecked = 'unchecked'

/** What the rule says; one of another engine's format is told by what was found first. */
export function ruleOf({ rule, says, findings }: CheckedRule): RuleWords {
  if (rule === unchecked) return { sentence: 'It can be read and checked.', remedy: null }
  const [first] = findings
  return says ?? { sentence: first?.sentence ?? rule, remedy: first?.finding?.remedy ?? null }
}
