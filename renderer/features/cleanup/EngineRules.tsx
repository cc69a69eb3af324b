import type { EngineCleanupPlan } from '../../../shared/contract/engineCleanup.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './EngineRules.module.css'

export type EngineRulesProps = { readonly engines: EngineCleanupPlan['engines'] }

/** What is followed of each engine's rules, and what its own clean-up would destroy. */
export function EngineRules({ engines }: EngineRulesProps) {
  return engines.map(({ engine, rules, dangers }) => (
    <section key={engine} className={styles.engine} aria-label={`Rules of ${engine}`}>
      <h2 className={styles.name}>{engine}</h2>
      <ul className={styles.list}>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
        {rules.length === 0 && <li>It has no rules of its own: nothing of it goes.</li>}
        {dangers.map((danger) => (
          <li key={danger} className={styles.danger}>
            <Icon name="alert" size={12} />
            <span>{danger}</span>
          </li>
        ))}
      </ul>
    </section>
  ))
}
