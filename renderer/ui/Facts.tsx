import type { ReactNode } from 'react'
import styles from './Facts.module.css'

export type FactsProps = {
  /** A name and what is known; rows without a value are left out. */
  readonly facts: readonly (readonly [string, ReactNode])[]
}

export function Facts({ facts }: FactsProps) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return (
    <dl className={styles.facts}>
      {known.map(([label, value], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two facts may have one name
        <div key={`${label} ${index}`} className={styles.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
