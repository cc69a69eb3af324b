import type { SettingsPlan } from '../../../shared/contract/settings.ts'
import { useMask } from '../../state/useMask.ts'
import styles from './PreviewLines.module.css'

export type PreviewLinesProps = {
  readonly lines: SettingsPlan['lines']
  /** So many more are not shown. */
  readonly cut: number
}

/** The lines of a text before and after a change. */
export function PreviewLines({ lines, cut }: PreviewLinesProps) {
  const mask = useMask()
  return (
    <>
      <table className={styles.lines} aria-label="unstuck.json before and after">
        <tbody>
          {lines.map(({ before, after, text }) => {
            const change = before === null ? 'added' : after === null ? 'removed' : undefined
            return (
              <tr key={`${before} ${after}`} data-change={change}>
                <td className={styles.number}>{before}</td>
                <td className={styles.number}>{after}</td>
                <td className={styles.sign}>{signs[change ?? 'same']}</td>
                <td className={styles.text}>
                  {change !== undefined && <span className={styles.word}>{change}: </span>}
                  {mask.text(text)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {cut > 0 && <p className={styles.cut}>{cut} more lines stay as they are.</p>}
    </>
  )
}

const signs = { added: '+', removed: '−', same: '' } as const
