import { Icon } from './Icon.tsx'
import { PathText } from './PathText.tsx'
import type { DiffLine, FoldedRow } from './diffLine.ts'
import styles from './UnchangedLine.module.css'

export type UnchangedLineProps = {
  readonly line: DiffLine & { readonly kind: 'unchanged' | 'same' | 'rest' }
  readonly onToggle: () => void
}

/** What is unchanged between two changes: how much, and on demand what. */
export function UnchangedLine({ line, onToggle }: UnchangedLineProps) {
  if (line.kind === 'rest') {
    return <p className={styles.rest}>and {line.count.toLocaleString('en')} more of the same</p>
  }
  if (line.kind === 'same') {
    return (
      <div className={styles.same}>
        <PathText path={line.path} />
        <code className={styles.value}>{line.value}</code>
      </div>
    )
  }
  const { rows, word, isOpen, problem } = line
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  return (
    <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onToggle}>
      <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={14} />
      {count.toLocaleString('en')} {word}
      <span className={styles.where}>{rows.map(placeOf).join(', ')}</span>
      {problem !== null && <span className={styles.problem}>{problem}</span>}
    </button>
  )
}

function placeOf({ path, count }: FoldedRow, _index: number, rows: readonly FoldedRow[]): string {
  const where = path === '' ? 'at the top' : `in ${path}`
  return rows.length === 1 ? where : `${count.toLocaleString('en')} ${where}`
}
