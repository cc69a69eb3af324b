import type { OpenFile } from './fileSystem.ts'

/** An open file that can be read; whatever writes is refused as the system refuses it. */
export function readOnlyFile(reading: Pick<OpenFile, 'read' | 'status' | 'close'>): OpenFile {
  return {
    ...reading,
    write: refuse,
    syncData: refuse,
    sync: refuse,
    truncate: refuse,
    changeMode: refuse,
    changeOwner: refuse,
  }
}

async function refuse(): Promise<never> {
  throw Object.assign(new Error('EBADF: the file is open for reading'), { code: 'EBADF' })
}
