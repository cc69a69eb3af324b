import type { SettingsPlan } from '../../../shared/contract/settings.ts'
import type { Planning } from '../../state/planning.ts'
import { useMask } from '../../state/useMask.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageBody } from '../../ui/PageBody.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { PreviewLines } from './PreviewLines.tsx'
import styles from './SettingsPage.module.css'

export type SettingsPreviewProps = {
  readonly planning: Planning<SettingsPlan>
  readonly onRetry: () => void
}

/** What would come into force, and the text of the file before and after. */
export function SettingsPreview({ planning, onRetry }: SettingsPreviewProps) {
  if (planning.kind === 'loading') return <Spinner label="Planning" />
  if (planning.kind === 'failed') return <ErrorPanel error={planning.error} onRetry={onRetry} />
  const { plan } = planning.planned
  return (
    <PageBody isBusy={planning.isRefreshing}>
      {plan.problems.length > 0 && (
        <Panel title="Why it is not done" count={plan.problems.length}>
          <ul className={styles.findings}>
            {plan.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Panel>
      )}
      {plan.taken.length > 0 && <Taken taken={plan.taken} />}
      {plan.ready && <InForce rows={plan.rows} />}
      <Panel title="unstuck.json, before and after">
        <PreviewLines lines={plan.lines} cut={plan.linesCut} />
      </Panel>
    </PageBody>
  )
}

function InForce({ rows }: { readonly rows: SettingsPlan['rows'] }) {
  const mask = useMask()
  return (
    <Panel title="What comes into force" count={rows.length}>
      {rows.length === 0 && <p className={styles.quiet}>Nothing: every value stays as it is.</p>}
      <table className={styles.table}>
        <tbody>
          {rows.map(({ key, before, after, isOverridden }) => (
            <tr key={key}>
              <th scope="row">
                <code>{key}</code>
              </th>
              <td>
                {isOverridden ? (
                  <>
                    stays <code>{mask.text(after)}</code>: the environment says so
                  </>
                ) : (
                  <>
                    <s>{mask.text(before)}</s> → <code>{mask.text(after)}</code>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Taken({ taken }: { readonly taken: SettingsPlan['taken'] }) {
  const mask = useMask()
  return (
    <Panel title="What was said" count={taken.length}>
      <table className={styles.table}>
        <tbody>
          {taken.map(({ path, value, keys, note }) => (
            <tr key={path}>
              <th scope="row">
                <code title={path}>{path.replace('workflow.state_persistence.', '')}</code>
              </th>
              <td>
                <code>{mask.text(value)}</code>
              </td>
              <td>
                {keys.length === 0 ? <em>no counterpart</em> : <code>{keys.join(', ')}</code>}
                {note !== null && <span className={styles.quiet}> {note}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
