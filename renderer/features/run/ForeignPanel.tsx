import type { Ref } from '../../../shared/contract/call.ts'
import type { ForeignFacts } from '../../../shared/contract/runs.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Facts } from './Facts.tsx'
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
          ['Change it', <code key="command">unstuck edit {document} --set PATH=VALUE</code>],
          [
            'Go on',
            // No engine is known that could.
            guesses === undefined ? (
              <code key="command">unstuck resume {document} --plan</code>
            ) : null,
          ],
          ['In', item === null ? null : <a href={encodeRoute(whole)}>{document}</a>],
        ]}
      />
      {items.length > 0 && (
        <nav aria-label="Runs in this document">
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
