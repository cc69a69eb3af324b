// Runs the suite as plain code: `runOutside.ts <kind>` prints which promises the store keeps and which it breaks.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../../electron/store/store.ts'
import { storeConformance } from '../storeConformance.ts'
import { openOutsideStore, outsideKinds } from './outsideStore.ts'

export type OutsideReport = {
  readonly kept: readonly string[]
  readonly broken: readonly { readonly title: string; readonly why: string }[]
}

const kind = outsideKinds.find((one) => one === process.argv[2]) ?? 'whole'
const kept: string[] = []
const broken: { title: string; why: string }[] = []
const folder = await mkdtemp(join(tmpdir(), 'unstuck-outside-'))
const stores: Store[] = []
for (const { title, run } of storeConformance) {
  const [result] = await Promise.allSettled([run(openNext)])
  if (result?.status === 'rejected') broken.push({ title, why: String(result.reason) })
  else kept.push(title)
}
for (const store of stores) await store.close()
await rm(folder, { recursive: true, force: true })
const report: OutsideReport = { kept, broken }
console.log(JSON.stringify(report))

async function openNext(): Promise<Store> {
  const store = await openOutsideStore(await mkdtemp(join(folder, 'store-')), kind)
  stores.push(store)
  return store
}
