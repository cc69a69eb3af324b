import { useStore } from 'zustand'
import { runStatuses } from '../../../shared/schema/run.ts'
import type { MappingStore } from '../../state/mappingStore.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './MappingDialog.module.css'
import { fieldLabels, formFields } from './mappingFields.ts'

/** A path for every field, and a meaning for every word; what is left empty is guessed. */
export function MappingForm({ store }: { readonly store: MappingStore }) {
  const { paths, words, shown, choose, setPath, setWord } = useStore(store)
  const fields = shown?.plan.fields ?? []
  const unknown = [...new Set([...Object.keys(words), ...(shown?.plan.unknownWords ?? [])])]
  return (
    <>
      {unknown.length > 0 && (
        <div className={styles.fields} role="group" aria-label="Words for a status">
          {unknown.map((word) => (
            <Select
              key={word}
              label={`“${word}” means`}
              value={words[word] ?? 'unknown'}
              options={[unknownOption, ...statusOptions]}
              onChange={(status) => void setWord(word, status === 'unknown' ? null : status)}
            />
          ))}
        </div>
      )}
      <div className={styles.fields} role="group" aria-label="Paths">
        {formFields.map((field) => {
          const guessed = fields.find((one) => one.field === field && one.confidence !== 'mapped')
          return (
            <div key={field} onFocus={() => choose(field)}>
              <TextField
                label={fieldLabels[field]}
                value={paths[field] ?? ''}
                placeholder={guessed?.path ?? ''}
                hint={guessed === undefined || guessed.path === null ? undefined : 'guessed'}
                onChange={(path) => void setPath(field, path)}
              />
            </div>
          )
        })}
      </div>
    </>
  )
}

const unknownOption = { value: 'unknown', label: 'nothing known' } as const
const statusOptions = runStatuses.map((status) => ({ value: status, label: status }))
