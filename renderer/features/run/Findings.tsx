import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './tab.module.css'

export type FindingsProps = {
  readonly findings: readonly Finding[]
  /** Goes to where a finding is. Left out: there is nowhere to go. */
  readonly onGo?: (finding: Finding) => void
}

export function Findings({ findings, onGo }: FindingsProps) {
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} aria-label="Findings">
      {findings.map((finding) => {
        const content = (
          <>
            <StatusWord status={finding.severity} size="s" />
            <span className={styles.sentence}>{finding.sentence}</span>
            <span className={styles.where}>{placeOf(finding)}</span>
          </>
        )
        return (
          <li key={`${finding.rule} ${finding.sentence} ${finding.offset}`}>
            {onGo ? (
              <button type="button" className={styles.finding} onClick={() => onGo(finding)}>
                {content}
              </button>
            ) : (
              <span className={styles.finding}>{content}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function placeOf({ rule, file, line, column, offset, pointer }: Finding): string {
  const where =
    line === null
      ? offset === null
        ? pointer
        : `byte ${offset.toLocaleString('en')}`
      : `line ${line}${column === null ? '' : `, column ${column}`}`
  return [rule, file, where].filter(Boolean).join(' · ')
}
