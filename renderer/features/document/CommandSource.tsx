import type { EngineResumePlan } from '../../../shared/contract/documents.ts'
import { useMask } from '../../state/useMask.ts'
import styles from './PlanScreen.module.css'

export type CommandSourceProps = { readonly plan: EngineResumePlan }

/** [L212] Whose command it is, and where another one can be said for this workspace. */
export function CommandSource({ plan }: CommandSourceProps) {
  const mask = useMask()
  const { engine, command, setting, configured = null } = plan
  if (setting === undefined) return null
  if (configured !== null)
    return (
      <p className={styles.quiet}>
        It is what <code>{setting}</code> in <code>unstuck.json</code> says:{' '}
        <code>{mask.text(configured)}</code>
      </p>
    )
  return (
    <p className={styles.quiet}>
      {command === null
        ? `A whole command can be given`
        : `It is ${engine}’s own. Another one is said`}{' '}
      as <code>{setting}</code> in <code>unstuck.json</code>, for this workspace.
    </p>
  )
}
