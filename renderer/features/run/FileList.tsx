import type { RunDetail } from '../../../shared/contract/runs.ts'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Facts } from '../../ui/Facts.tsx'
import styles from './Inspector.module.css'

type StoredFile = RunDetail['files'][number]
export type FileListProps = { readonly files: readonly StoredFile[] }

/** Files of the run. Of some kinds there is one an attempt: those are folded. */
export function FileList({ files }: FileListProps) {
  const groups = [...new Set(files.map(({ kind }) => kind))].map((kind) => ({
    kind,
    files: files.filter((file) => file.kind === kind),
  }))
  const single = groups.flatMap((group) => (group.files.length === 1 ? group.files : []))
  const folded = groups.filter((group) => group.files.length > 1)
  return (
    <>
      <Facts
        facts={single.map((file) => [
          file.kind,
          <FilePath key="file" file={file} text={file.path} />,
        ])}
      />
      {folded.map(({ kind, files: group }) => (
        <details key={kind} className={styles.folded}>
          <summary>
            {group.length} {manyWords[kind] ?? kind}{' '}
            <span className={styles.quiet}>
              {formatBytes(group.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}
            </span>
          </summary>
          <ul>
            {group.map((file) => (
              <li key={file.path}>
                <FilePath file={file} text={file.path.slice(file.path.lastIndexOf('/') + 1)} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  )
}

const manyWords: { readonly [kind: string]: string } = {
  log: 'logs',
  step: 'step reports',
  backup: 'backup files',
}

function FilePath({ file, text }: { readonly file: StoredFile; readonly text: string }) {
  return (
    <span title={file.path}>
      {text} <span className={styles.quiet}>{formatBytes(file.sizeBytes)}</span>
    </span>
  )
}
