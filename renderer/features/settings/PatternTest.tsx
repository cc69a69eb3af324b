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
  const told = fits === null || !isTried ? '' : tell(patterns, (one) => fits(of, one, sample))
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
      <output className={styles.tried} data-fits={told.startsWith('masked') || undefined}>
        {told}
      </output>
    </div>
  )
}

function tell(patterns: readonly string[], fits: (pattern: string) => ReturnType<Fits>): string {
  const ends = patterns.map(fits)
  if (ends.includes('built-in')) return 'masked without any pattern'
  const taken = patterns.filter((_, index) => ends[index] === 'pattern')
  return taken.length > 0 ? `masked by ${taken.join(', ')}` : 'not masked'
}

const placeholders = {
  keys: 'Try a key',
  values: 'Try a value',
  paths: 'Try a path',
} as const
