import { RunId } from '../../schema/ids.ts'

/** A free run id: the old id where it is one, else what is closest to it. Null when every candidate is taken. */
export function runIdOf(
  old: string,
  { digest, isTaken }: { readonly digest: string; readonly isTaken: (id: string) => boolean },
): RunId | null {
  const stem = slug(old)
  const candidates = [old, stem, `${stem}-${digest.slice(0, 8)}`, `${stem}-${digest.slice(0, 16)}`]
  for (const candidate of candidates) {
    const id = RunId.safeParse(candidate).data
    if (id !== undefined && !isTaken(id)) return id
  }
  return null
}

/** Room for a digest and a hyphen within the 128 of a run id. */
const maxStem = 110

function slug(old: string): string {
  const plain = old
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
  const trimmed = plain
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, maxStem)
    .replace(/[.-]+$/, '')
  return trimmed === '' ? 'run' : trimmed
}
