import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createSliceStore } from '../../state/sliceStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { hexDump, hexRowBytes } from './hexDump.ts'
import type { RawFile } from '../../state/route.ts'
import styles from './tab.module.css'

export type HexViewProps = {
  readonly reference: Ref
  readonly file: RawFile
  /** The byte that matters; its row is marked. */
  readonly at: number
}

const beforeBytes = 64 * hexRowBytes
const shownBytes = 16_384

/** Bytes as digits around a place, where text would hide what they are. */
export function HexView({ reference, file, at }: HexViewProps) {
  const client = useClient()
  const mask = useMask()
  const start = Math.max(0, at - (at % hexRowBytes) - beforeBytes)
  const store = usePageStore(`${reference.document} ${file} ${start}`, () =>
    createSliceStore({
      from: 'start',
      read: () =>
        client.call('run.raw', {
          ref: reference,
          file,
          encoding: 'hex',
          offset: start,
          limitBytes: shownBytes,
        }),
    }),
  )
  const { phase, text, error, readLater } = useStore(store)
  if (phase === 'loading') return <Spinner label="Reading the bytes" />
  if (phase === 'failed' && error) {
    return <ErrorPanel error={error} onRetry={() => void readLater()} />
  }
  const row = Math.floor((at - start) / hexRowBytes) + 1
  return (
    <div className={styles.pane}>
      {mask.isOn && (
        <p className={styles.unmasked}>
          Secrets are not masked among bytes that are shown as digits.
        </p>
      )}
      <div className={styles.content}>
        <CodeText
          label={`Bytes of the ${file} as digits`}
          text={hexDump(text, start)}
          firstLine={1}
          numbers={false}
          showLine={row}
        />
      </div>
    </div>
  )
}
