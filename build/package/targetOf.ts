import { open } from 'node:fs/promises'

/** The platform and architecture that a program is for, as its first bytes say; null for what is no such program. */
export async function targetOf(
  path: string,
): Promise<{ readonly platform: string; readonly arch: string } | null> {
  const head = await firstBytes(path)
  if (head.length < 64) return null
  if (head.readUInt32BE(0) === 0x7f454c46) return named('linux', elfMachines, head.readUInt16LE(18))
  if (head.readUInt32LE(0) === 0xfeedfacf) return named('darwin', machTypes, head.readUInt32LE(4))
  if (head.toString('latin1', 0, 2) !== 'MZ') return null
  const header = head.readUInt32LE(60)
  if (header + 6 > head.length || head.toString('latin1', header, header + 2) !== 'PE') return null
  return named('win32', peMachines, head.readUInt16LE(header + 4))
}

const elfMachines: ReadonlyMap<number, string> = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
])
const machTypes: ReadonlyMap<number, string> = new Map([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
])
const peMachines: ReadonlyMap<number, string> = new Map([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
])

function named(platform: string, archs: ReadonlyMap<number, string>, machine: number) {
  return { platform, arch: archs.get(machine) ?? `machine ${machine.toString(16)}` }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096) })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
