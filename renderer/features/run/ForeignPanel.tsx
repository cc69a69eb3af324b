import type { Ref } from '../../../shared/contract/call.ts'
import type { ForeignFacts } from '../../../shared/contract/foreignFacts.ts'
import { documentRoute, encodeRoute, runRoute } from '../../state/route.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Facts } from '../../ui/Facts.tsx'
import styles from './Inspector.module.css'

export type ForeignPanelProps = { readonly facts: ForeignFacts; readonly reference: Ref }

/** What the engine's own document says, in its own words, and the other runs in it. */
export function ForeignPanel({ facts, reference }: ForeignPanelProps) {
  const { engine, label, version, said, isOld, role, items, guesses } = facts
  const { document, format, item } = reference
  const whole = runRoute(document, format)
  return (
    <Panel title={guesses === undefined ? engine : 'Unknown engine'} look="plain">
      <Facts
        facts={[
          ['Kind', label],
          ['Version', isOld ? `${version ?? 'old'}, read only after a migration` : version],
          ['Said status', said.status],
          ['Belongs', role === 'part' ? 'to the state of another row' : null],
          ['In', item === null ? null : <a href={encodeRoute(whole)}>{document}</a>],
        ]}
      />
      {guesses === undefined && (
        <nav aria-label={`Plans for ${engine}`}>
          <ul className={styles.items}>
            {plans
              .filter(({ action }) => action !== 'migrate' || isOld)
              .map(({ action, label: text }) => (
                <li key={action}>
                  <a href={encodeRoute(documentRoute(reference, action))}>{text}</a>
                </li>
              ))}
          </ul>
        </nav>
      )}
      {items.length > 0 && (
        <nav aria-label="Runs in this document">
          <h3 className={styles.heading}>Runs in this document</h3>
          <ul className={styles.items}>
            {items.map((one) => (
              <li key={one.item} aria-current={one.item === item ? 'page' : undefined}>
                <a href={encodeRoute({ ...whole, item: one.item })}>{one.label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </Panel>
  )
}

const plans = [
  { action: 'resume', label: 'Resume by its own command…' },
  { action: 'repair', label: 'Repair…' },
  { action: 'migrate', label: 'Migrate to its version of today…' },
  { action: 'import', label: 'Import as a run of Unstuck…' },
] as const
