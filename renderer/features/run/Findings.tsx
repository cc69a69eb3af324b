import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './tab.module.css'

export type FindingsProps = {
  readonly findings: readonly Finding[]
  /** Goes to the bytes. Left out: there is nowhere to go. */
  readonly onGo?: (finding: Finding) => void
  /** Goes to the value in the state. Left out: there is none. */
  readonly onState?: (pointer: string) => void
  /** `whole`: with the pointer and what can be done. */
  readonly look?: 'lines' | 'whole'
}

export function Findings({ findings, onGo, onState, look = 'lines' }: FindingsProps) {
  if (findings.length === 0) return null
  return (
    <ul className={look === 'whole' ? styles.wholeFindings : styles.findings} aria-label="Findings">
      {findings.map((finding, index) => {
        const { state, pointer, remedy, offset, severity, sentence } = finding
        const content = (
          <>
            <StatusWord status={severity} size="s" />
            <span className={styles.sentence}>{sentence}</span>
            <span className={styles.where}>{placeOf(finding)}</span>
          </>
        )
        return (
          <li key={`${index} ${finding.rule} ${sentence}`}>
            {onGo && offset !== null ? (
              <button
                type="button"
                className={styles.finding}
                title="Show these bytes in Raw"
                onClick={() => onGo(finding)}
              >
                {content}
              </button>
            ) : (
              <span className={styles.finding}>{content}</span>
            )}
            {look === 'whole' && (pointer || remedy !== null) && (
              <div className={styles.remedy}>
                {pointer && <code className={styles.where}>{pointer}</code>}
                {remedy !== null && <span>{remedy}</span>}
                {onState && state !== undefined && (
                  <Button size="s" variant="quiet" icon="list" onClick={() => onState(state)}>
                    Show in State
                  </Button>
                )}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function placeOf({ rule, file, line, column, offset, pointer }: Finding): string {
  const inText = line === null ? null : column === null ? `line ${line}` : `${line}:${column}`
  const byte = offset === null ? null : `byte ${offset.toLocaleString('en')}`
  const where = inText === null && byte === null ? pointer : null
  return [rule, file, inText, byte, where].filter(Boolean).join(' · ')
}
