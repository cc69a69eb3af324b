import type { RepairSource } from '../../../shared/core/repair/repairPlan.ts'
import styles from './HoldsTable.module.css'

export type HoldsTableProps = {
  readonly sources: readonly RepairSource[]
  readonly chosen: string | null
}

/** The sources side by side: how much each holds, and how much of it only others hold. */
export function HoldsTable({ sources, chosen }: HoldsTableProps) {
  const usable = sources.filter(({ holds }) => holds.length > 0)
  const own = usable.find(({ id }) => id === chosen)
  const missing = own?.holds.filter((one) => one.missing > 0) ?? []
  // A column of nothing tells nothing.
  const told = usable[0]?.holds
    .map(({ what }) => what)
    .filter((what) => usable.some((one) => hasAny(one, what)))
  if (usable.length === 0 || told === undefined || told.length === 0) return null
  return (
    <div className={styles.holds}>
      <table className={styles.table}>
        <caption>What each source holds</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            {told.map((what) => (
              <th key={what} scope="col">
                {what}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {usable.map(({ id, kind, holds }) => (
            <tr key={id} data-chosen={id === chosen || undefined}>
              <th scope="row" title={id}>
                {kind}
              </th>
              {heldOf(holds, told).map(({ what, count, missing: gone, names }) => (
                <td key={what} title={gone === 0 ? undefined : `Missing: ${names.join(', ')}`}>
                  {count}
                  {gone > 0 && <span className={styles.gone}> −{gone}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {missing.length > 0 && (
        <p className={styles.missing}>
          Only other sources have:{' '}
          {missing
            .map(
              (one) =>
                `${one.what} ${one.names.join(', ')}${one.missing > one.names.length ? ', …' : ''}`,
            )
            .join('; ')}
          .
        </p>
      )}
    </div>
  )
}

type Held = RepairSource['holds'][number]

function hasAny({ holds }: RepairSource, what: Held['what']): boolean {
  return holds.some((one) => one.what === what && one.count + one.missing > 0)
}

function heldOf(holds: readonly Held[], told: readonly Held['what'][]): readonly Held[] {
  return holds.filter(({ what }) => told.includes(what))
}
