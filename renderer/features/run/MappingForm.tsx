import { useStore } from 'zustand'
import type { FormatGuess } from '../../../shared/contract/foreignFacts.ts'
import { runStatuses } from '../../../shared/schema/headWords.ts'
import type { MappingStore } from '../../state/mappingStore.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './MappingDialog.module.css'
import { fieldLabels, formFields } from './mappingFields.ts'

/** A path for every field, and a meaning for every word; what is left empty is guessed. */
export function MappingForm({ store }: { readonly store: MappingStore }) {
  const { paths, words, shown, choose, setPath, setWord, folder, setFolder } = useStore(store)
  const fields = shown?.plan.fields ?? []
  const unknown = [...new Set([...Object.keys(words), ...(shown?.plan.unknownWords ?? [])])]
  const folders = foldersOf(shown?.plan.document ?? '')
  const hasVersions = paths.versions === null || fields.some((one) => one.field === 'versions')
  return (
    <>
      {folders.length > 1 && (
        <Select
          label="Holds for documents like it in"
          value={folder ?? folders[0]?.value ?? ''}
          options={folders}
          onChange={(chosen) => void setFolder(chosen)}
        />
      )}
      {hasVersions && (
        <Checkbox
          label="Files that are named alike are runs of their own, not versions of one"
          checked={paths.versions === null}
          onChange={(isApart) => void setPath('versions', isApart ? null : '')}
        />
      )}
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
                hint={hintOf(paths[field], guessed)}
                onChange={(path) => void setPath(field, path)}
              />
            </div>
          )
        })}
      </div>
    </>
  )
}

function hintOf(
  said: string | null | undefined,
  guessed: FormatGuess | undefined,
): string | undefined {
  if (said === null) return 'said: there is none'
  return guessed === undefined || guessed.path === null ? undefined : 'guessed'
}

/** Its own folder, and those above it up to the workspace. */
function foldersOf(
  document: string,
): readonly { readonly value: string; readonly label: string }[] {
  const parts = document.split('/').slice(0, -1)
  const folders = parts.map((_part, index) => parts.slice(0, parts.length - index).join('/'))
  return [...folders, ''].map((value) => ({
    value,
    label: value === '' ? 'the whole workspace' : `${value} and below`,
  }))
}

const unknownOption = { value: 'unknown', label: 'nothing known' } as const
const statusOptions = runStatuses.map((status) => ({ value: status, label: status }))
