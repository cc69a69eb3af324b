import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PatternTest } from './PatternTest.tsx'
import { readValue } from './readValue.ts'
import styles from './SettingItem.module.css'

export type PatternsEditorProps = {
  readonly label: string
  readonly json: string
  readonly of: 'keys' | 'values' | 'paths'
  readonly isDisabled: boolean
  readonly onChange: (json: string) => void
}

/** Patterns one below the other, and a sample to try them on. */
export function PatternsEditor({ label, json, of, isDisabled, onChange }: PatternsEditorProps) {
  const [added, setAdded] = useState('')
  const patterns = textsOf(json)
  const change = (next: readonly string[]) => onChange(JSON.stringify(next))
  const add = () => {
    if (added === '') return
    change([...patterns, added])
    setAdded('')
  }
  return (
    <div className={styles.list}>
      {patterns.map((pattern, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a pattern is known by its place while it is typed
        <div key={index} className={styles.line}>
          <input
            className={styles.input}
            aria-label={`${label} ${index + 1}`}
            disabled={isDisabled}
            spellCheck={false}
            value={pattern}
            onChange={(event) => change(patterns.with(index, event.target.value))}
          />
          <IconButton
            size="s"
            icon="close"
            label={`Remove ${pattern}`}
            disabled={isDisabled}
            onClick={() => change(patterns.toSpliced(index, 1))}
          />
        </div>
      ))}
      <div className={styles.line}>
        <input
          className={styles.input}
          aria-label={`Add to ${label}`}
          placeholder={examples[of]}
          disabled={isDisabled}
          spellCheck={false}
          value={added}
          onChange={(event) => setAdded(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add()
          }}
        />
        <Button size="s" icon="plus" disabled={isDisabled || added === ''} onClick={add}>
          Add
        </Button>
      </div>
      {patterns.length > 0 && <PatternTest label={label} of={of} patterns={patterns} />}
    </div>
  )
}

const examples = {
  keys: 'pin',
  values: '\\b[0-9]{16}\\b',
  paths: '/inputs/card',
} as const

/** What is no list of texts is shown as nothing: the problem beside it says what it is. */
function textsOf(json: string): readonly string[] {
  const value = readValue(json)
  return Array.isArray(value) ? value.map(String) : []
}
