// Workflows of the scenarios. Each step appends its name to a file, so that it can be seen how often it had its effect.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Two steps, done at once. */
export async function writeShortWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'short',
    steps: { first: append('first'), second: { ...append('second'), needs: ['first'] } },
  })
}

/** Nine steps, two parallel branches, and in one of them a slow step with an effect outside, slow the first time only. */
export async function writeBranchingWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'branching',
    version: '1',
    steps: {
      prepare: append('prepare'),
      'left-1': { ...append('left-1'), needs: ['prepare'] },
      'left-2': { ...append('left-2'), needs: ['left-1'] },
      'left-3': { ...append('left-3'), needs: ['left-2'] },
      'right-1': { ...append('right-1'), needs: ['prepare'] },
      slow: {
        run: '[ -e slow.began ] || { touch slow.began; sleep 300; }; echo slow >> effects.txt',
        sideEffects: 'external',
        needs: ['right-1'],
      },
      'right-3': { ...append('right-3'), needs: ['slow'] },
      join: { ...append('join'), needs: ['left-3', 'right-3'] },
      finish: { ...append('finish'), needs: ['join'] },
    },
  })
}

/** Three steps; the second fails until there is a file `mended`. */
export async function writeMendableWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'mendable',
    steps: {
      first: append('first'),
      mended: { run: 'test -e mended', sideEffects: 'none', needs: ['first'] },
      last: { ...append('last'), needs: ['mended'] },
    },
  })
}

/** A step that says much, its last line in red, and fails until there is a file `table`. */
export async function writeCollapsingWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'collapsing',
    steps: {
      load: {
        run: 'test -e table && exit 0; i=1; while [ $i -le 20 ]; do echo "line $i"; i=$((i+1)); done; printf "\\033[31mno such table\\033[0m\\n"; exit 7',
        retry: { attempts: 2, delay: '10ms' },
        sideEffects: 'none',
      },
      after: { ...append('after'), needs: ['load'] },
    },
  })
}

/** One step that waits as long as a file is there, and so runs for as long as a test wants. */
export async function writeWaitingWorkflow(workspace: string): Promise<string> {
  await writeFile(join(workspace, 'hold'), '')
  return write(workspace, {
    name: 'waiting',
    steps: {
      hold: { run: 'while [ -e hold ]; do sleep 0.2; done', sideEffects: 'none' },
      after: { ...append('after'), needs: ['hold'] },
    },
  })
}

/** A form, a list, a step that fails until there is a file `ready`, and a gate with fields. */
export async function writeReleaseWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'release',
    inputs: {
      service: { type: 'string', title: 'Service' },
      copies: { type: 'integer', default: 2, title: 'Copies' },
      settings: { type: 'json', default: {}, title: 'Settings' },
    },
    steps: {
      flaky: {
        run: 'test -e ready && echo "it is ready"',
        retry: { attempts: 3, delay: '10m' },
        sideEffects: 'none',
      },
      each: {
        forEach: ['north', 'south'],
        command: ['echo', '${{ item }}'],
        sideEffects: 'none',
      },
      approve: {
        gate: {
          message: 'Release ${{ inputs.service }} ${{ inputs.copies }} times?',
          who: 'the team',
          fields: { percent: { type: 'integer', minimum: 1, maximum: 100, title: 'Percent' } },
        },
      },
      ship: {
        needs: ['flaky', 'each', 'approve'],
        command: [
          'echo',
          'shipped ${{ steps.approve.output.percent }} percent of ${{ inputs.service }}',
        ],
        sideEffects: 'external',
      },
    },
  })
}

/** So many steps in layers of twenty, behind a gate: none of them begins. */
export async function writeLargeWorkflow(workspace: string, count: number): Promise<string> {
  const layered = Array.from({ length: count - 1 }, (_, index) => {
    const above = index - 20
    const needs =
      above < 0 ? ['approve'] : [`s-${above}`, `s-${above - (above % 20) + ((index * 7) % 20)}`]
    return [`s-${index}`, { run: 'true', sideEffects: 'none', needs: [...new Set(needs)] }] as const
  })
  const steps = { approve: { gate: { message: 'Begin?' } }, ...Object.fromEntries(layered) }
  return write(workspace, { name: 'large', steps })
}

/** One that cannot be started: a setting is misspelt. */
export async function writeBrokenWorkflow(workspace: string): Promise<string> {
  const path = join(workspace, 'broken.yaml')
  await writeFile(path, 'name: broken\nsteps:\n  a:\n    nedds: [b]\n    run: "true"\n')
  return path
}

/** Charges an order, which takes long to come back, and then sends a receipt. */
export async function writePaymentWorkflow(workspace: string): Promise<string> {
  return write(workspace, {
    name: 'payment',
    inputs: { answerAfter: { type: 'number', default: 0 } },
    steps: {
      charge: {
        run: 'echo order-7 >> effects.txt; echo \'{"payment":"p-1"}\' > "$UNSTUCK_OUTPUT"; sleep "$AFTER"',
        environment: { AFTER: '${{ inputs.answerAfter }}' },
        sideEffects: 'external',
      },
      receipt: {
        run: 'echo "receipt of $PAYMENT" >> effects.txt',
        environment: { PAYMENT: '${{ steps.charge.output.payment }}' },
        needs: ['charge'],
        sideEffects: 'idempotent',
      },
    },
  })
}

/** The names of the steps that had their effect, in that order. */
export async function readEffects(workspace: string): Promise<readonly string[]> {
  const text = await readFile(join(workspace, 'effects.txt'), 'utf8')
  return text.split('\n').filter((line) => line !== '')
}

function append(name: string): { readonly run: string; readonly sideEffects: 'external' } {
  return { run: `echo ${name} >> effects.txt`, sideEffects: 'external' }
}

type Definition = {
  readonly name: string
  readonly version?: string
  readonly inputs?: object
  readonly steps: object
}

async function write(workspace: string, definition: Definition): Promise<string> {
  const path = join(workspace, `${definition.name}.yaml`)
  await writeFile(path, JSON.stringify(definition, null, 2))
  return path
}
