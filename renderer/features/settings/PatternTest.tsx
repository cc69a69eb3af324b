import { useEffect, useState } from 'react'
import styles from './SettingItem.module.css'

export type PatternTestProps = {
  readonly label: string
  readonly of: 'keys' | 'values' | 'paths'
  readonly patterns: readonly string[]
}

type Fits = typeof import('../../../shared/core/settings/fitsPattern.ts').fitsPattern

/** Whether a sample would be masked, and by which pattern. Nothing of it leaves this page. */
export function PatternTest({ label, of, patterns }: PatternTestProps) {
  const [sample, setSample] = useState('')
  const [fits, setFits] = useState<Fits | null>(null)
  const isTried = sample !== ''
  useEffect(() => {
    if (!isTried) return
    // The library of expressions is loaded when somebody tries one.
    void import('../../../shared/core/settings/fitsPattern.ts').then(({ fitsPattern }) =>
      setFits(() => fitsPattern),
    )
  }, [isTried])
  const taken = fits === null ? [] : patterns.filter((one) => fits(of, one, sample) === true)
  return (
    <div className={styles.line}>
      <input
        className={styles.input}
        aria-label={`Try ${label} on a sample`}
        placeholder={placeholders[of]}
        spellCheck={false}
        value={sample}
        onChange={(event) => setSample(event.target.value)}
      />
      <output className={styles.tried} data-fits={taken.length > 0 || undefined}>
        {!isTried || fits === null
          ? ''
          : taken.length > 0
            ? `masked by ${taken.join(', ')}`
            : 'not masked'}
      </output>
    </div>
  )
}

const placeholders = {
  keys: 'Try a key',
  values: 'Try a value',
  paths: 'Try a pointer',
} as const
