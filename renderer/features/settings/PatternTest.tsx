import { useState } from 'react'
import { useStore } from 'zustand'
import type { TriedPatterns } from '../../state/settingsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import styles from './SettingItem.module.css'

export type PatternTestProps = {
  readonly label: string
  readonly of: 'keys' | 'values' | 'paths'
  readonly patterns: readonly string[]
}

/** Whether a sample would be masked, and by which pattern. It is kept nowhere. */
export function PatternTest({ label, of, patterns }: PatternTestProps) {
  const { tried, tryPatterns } = useStore(useStores().settings)
  const [sample, setSample] = useState('')
  const told = sample !== '' && tried?.of === of && tried.sample === sample ? tell(tried) : ''
  return (
    <div className={styles.line}>
      <input
        className={styles.input}
        aria-label={`Try ${label} on a sample`}
        placeholder={placeholders[of]}
        spellCheck={false}
        value={sample}
        onChange={(event) => {
          setSample(event.target.value)
          void tryPatterns({ of, patterns: [...patterns], sample: event.target.value })
        }}
      />
      <output className={styles.tried} data-fits={told.startsWith('masked') || undefined}>
        {told}
      </output>
    </div>
  )
}

function tell({ patterns, ends }: TriedPatterns): string {
  if (ends.includes('built-in')) return 'masked without any pattern'
  const taken = patterns.filter((_, index) => ends[index] === 'pattern')
  return taken.length > 0 ? `masked by ${taken.join(', ')}` : 'not masked'
}

const placeholders = {
  keys: 'Try a key',
  values: 'Try a value',
  paths: 'Try a path',
} as const
