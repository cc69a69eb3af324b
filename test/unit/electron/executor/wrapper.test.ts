import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wrapper } from '../../../../electron/executor/wrapper.ts'

const shells = ['/bin/sh', '/bin/bash'].filter((shell) => existsSync(shell))
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wrap "per\'s-'))
  await mkdir(join(root, 'attempt $x'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe.each(shells)('the wrapper in %s', (shell) => {
  test('[E1] without its go it ends and nothing has happened', async () => {
    for (const word of ['', 'go', 'no\n']) {
      const end = await wrap(shell, ['/bin/sh', '-c', 'echo x'], { word })
      expect(end).toEqual({ code: 0, signal: null })
    }
    expect(await readdir(join(root, 'attempt $x'))).toEqual([])
    expect(await readdir(root)).toEqual(['attempt $x'])
  })

  test('[E2] its log and the output are for their owner alone', async () => {
    await wrap(shell, ['/bin/sh', '-c', 'echo x'])
    for (const path of ['the log', 'attempt $x/stdout'])
      expect((await stat(join(root, path))).mode & 0o777).toBe(0o600)
  })

  test('[E2] it reports its pid before and the exit code after the command, and keeps the output', async () => {
    const end = await wrap(shell, [
      '/bin/sh',
      '-c',
      'cat "$1/attempt \\$x/began"; echo no >&2; exit 3',
      'sh',
      root,
    ])
    expect(end.code).toBe(3)
    expect(await report('exit')).toBe('3\n')
    expect(await report('stdout')).toBe(await report('began'))
    expect((await log()).split('\n').toSorted()).toEqual(
      ['', 'no', (await report('began')).trim()].toSorted(),
    )
  })

  test('[E2] TERM to the group ends the command, and how it ended is still reported', async () => {
    const end = await wrap(shell, ['/bin/sh', '-c', 'echo up; sleep 30'], {
      meanwhile: async (pid) => {
        // The command itself has begun: before that the signal is for the wrapper alone.
        while ((await report('stdout').catch(() => '')) !== 'up\n') await moment()
        process.kill(-pid, 'SIGTERM')
      },
    })
    expect(end.code).toBe(143)
    expect(await report('exit')).toBe('143\n')
    expect(await report('stdout')).toBe('up\n')
  })

  test('[E2] a signal is caught by the command as usual', async () => {
    const end = await wrap(
      shell,
      ['/bin/sh', '-c', 'trap "echo caught; exit 5" TERM; echo up; sleep 30 & wait'],
      {
        meanwhile: async (pid) => {
          await appears('began')
          await expect.poll(() => report('stdout')).toBe('up\n')
          process.kill(-pid, 'SIGTERM')
        },
      },
    )
    expect(end.code).toBe(5)
    expect(await report('stdout')).toBe('up\ncaught\n')
  })

  test('[E2] a process that is left behind and holds the output is not waited for', async () => {
    const end = await wrap(shell, ['/bin/sh', '-c', 'sleep 900 & echo $!'])
    expect(end.code).toBe(0)
    // It is there still, or it could not be ended.
    process.kill(Number(await report('stdout')), 'SIGKILL')
  })

  test('[E2] a command or a working folder that is missing is an exit code and a line in the log', async () => {
    expect((await wrap(shell, ['no-such-command-here'])).code).toBe(127)
    expect(await log()).toContain('no-such-command-here')
    await rm(join(root, 'attempt $x'), { recursive: true })
    await mkdir(join(root, 'attempt $x'))
    expect((await wrap(shell, ['true'], { place: join(root, 'nowhere') })).code).toBe(126)
  })

  test('[E2] without named pipes the log gets the standard output after the command', async () => {
    const tools = join(root, 'tools')
    await mkdir(tools)
    for (const tool of ['mv', 'rm', 'cat', 'sleep'])
      await symlink(`/bin/${tool}`, join(tools, tool))
    const line = 'echo one; echo two >&2; echo three'
    const end = await wrap(shell, ['/bin/sh', '-c', line], { variables: { PATH: tools } })
    expect(end.code).toBe(0)
    expect(await report('stdout')).toBe('one\nthree\n')
    expect(await log()).toBe('two\none\nthree\n')
  })

  test('[E66] the file stdin is the standard input of the command; without one there is none', async () => {
    await writeFile(join(root, 'attempt $x', 'stdin'), 'one\ntwo')
    await wrap(shell, ['cat'])
    expect(await report('stdout')).toBe('one\ntwo')
    await rm(join(root, 'attempt $x'), { recursive: true })
    await mkdir(join(root, 'attempt $x'))
    await wrap(shell, ['cat'])
    expect(await report('stdout')).toBe('')
  })

  test('[E67] a log that has reached its limit says so, and the command goes on to its end', async () => {
    const line =
      'i=0; while [ $i -lt 4000 ]; do echo "0123456789 of line $i" >&2; i=$((i+1)); done; echo done'
    const end = await wrap(shell, ['/bin/sh', '-c', line], { blocks: 20 })
    expect(end.code).toBe(0)
    expect(await report('stdout')).toBe('done\n')
    const text = await log()
    expect(text.length).toBeLessThan(20 * 1024 + 200)
    expect(text).toMatch(/^0123456789 of line 0\n/)
    expect(text).toMatch(/\[unstuck\] The log ends here: it has reached its limit/)
    expect(await readdir(join(root, 'attempt $x'))).not.toContain('cut')
  })

  test('[E67] standard output beyond the limit is dropped, marked as cut, and the command goes on', async () => {
    const line =
      'i=0; while [ $i -lt 4000 ]; do echo "0123456789 of line $i"; i=$((i+1)); done; echo end > "$1"'
    const ended = join(root, 'ended')
    const end = await wrap(shell, ['/bin/sh', '-c', line, 'sh', ended], { blocks: 20 })
    expect(end.code).toBe(0)
    expect(await readFile(ended, 'utf8')).toBe('end\n')
    expect((await report('stdout')).length).toBeLessThanOrEqual(20 * 1024)
    expect(await readdir(join(root, 'attempt $x'))).toContain('cut')
    expect(await log()).toContain('[unstuck] The log ends here')
  })

  test('[E67] what is logged is there while the command still works', async () => {
    await wrap(shell, ['/bin/sh', '-c', 'echo out; echo err >&2; sleep 90'], {
      meanwhile: async (pid) => {
        const end = performance.now() + 60_000
        while ((await logOrNothing()).length < 'out\nerr\n'.length && performance.now() < end)
          await new Promise((resolve) => setTimeout(resolve, 10))
        process.kill(-pid, 'SIGTERM')
      },
    })
    expect((await log()).split('\n').toSorted()).toEqual(['', 'err', 'out'])
  })

  test('[E18] the command gets its own PATH and the environment as it was given', async () => {
    const variables = { log: 'mine', folder: 'mine', code: 'mine' }
    const line = 'echo "$PATH $log $folder $code"; env | grep -c unstuck_ || true; umask; cat'
    await wrap(shell, ['/bin/sh', '-c', line], { path: '/usr/bin:/bin:/mine', variables })
    const mask = process.umask().toString(8).padStart(4, '0')
    expect(await report('stdout')).toBe(`/usr/bin:/bin:/mine mine mine mine\n0\n${mask}\n`)
  })
})

async function wrap(
  shell: string,
  command: readonly string[],
  options: {
    readonly word?: string
    readonly place?: string
    readonly path?: string
    readonly variables?: Record<string, string>
    /** The limit of the log; bash counts 1024 bytes a block, other shells 512. */
    readonly blocks?: number
    readonly meanwhile?: (pid: number) => Promise<void>
  } = {},
): Promise<{ code: number | null; signal: string | null }> {
  const { word = 'go\n', place = root, path = process.env['PATH'] ?? '', variables = {} } = options
  const blocks = String(options.blocks ?? 1_000_000)
  const places = [join(root, 'attempt $x'), join(root, 'the log'), place]
  const parameters = [...places, path, blocks, ...command]
  const child = spawn(shell, ['-c', wrapper, 'unstuck', ...parameters], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...variables },
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  child.stdin.end(word)
  await options.meanwhile?.(child.pid ?? 0)
  return ended
}

function report(name: string): Promise<string> {
  return readFile(join(root, 'attempt $x', name), 'utf8')
}

function log(): Promise<string> {
  return readFile(join(root, 'the log'), 'utf8')
}

async function logOrNothing(): Promise<string> {
  return existsSync(join(root, 'the log')) ? log() : ''
}

async function appears(name: string): Promise<void> {
  while (!existsSync(join(root, 'attempt $x', name))) await moment()
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}
