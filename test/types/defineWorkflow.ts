// What `defineWorkflow` takes and refuses. Nothing here is called: that it compiles is the test.
import { defineWorkflow } from '../../electron/library/defineWorkflow.ts'

export const sound = defineWorkflow({
  name: 'release',
  version: '2',
  inputs: { region: 'eu', amount: { type: 'integer', minimum: 1 } },
  parallel: 8,
  steps: {
    build: { run: 'make', stdin: 'x', retry: { attempts: 3, on: ['Timeout', 2] }, timeout: '5m' },
    test: { command: ['npm', 'test'], needs: ['build'], environment: { CI: 'true' } },
    ask: {
      gate: { message: 'Go?', fields: { note: { type: 'text' } }, expires: '1d' },
      needs: ['test'],
    },
    pause: { wait: { for: '5m' }, needs: ['ask'], when: '!failed()' },
    tell: { http: { url: 'https://x.test', method: 'POST', body: { a: [1] } }, needs: ['pause'] },
    each: { module: './steps.ts#one', forEach: [1, 2], with: { item: '${{ item }}' } },
    child: { workflow: './child.yaml', with: { a: 1 }, needs: ['each', 'tell'] },
  },
  output: { url: '${{ steps.build.output.url }}' },
})

export const needsNothingThatExists = defineWorkflow({
  name: 'x',
  // @ts-expect-error: there is no step `biuld`
  steps: { build: { run: 'x' }, test: { run: 'y', needs: ['biuld'] } },
})

export const needsItself = defineWorkflow({
  name: 'x',
  // @ts-expect-error: a step cannot need itself
  steps: { build: { run: 'x', needs: ['build'] } },
})

export const twoKinds = defineWorkflow({
  name: 'x',
  // @ts-expect-error: a step has one kind
  steps: { build: { run: 'x', command: ['y'] } },
})

export const noKind = defineWorkflow({
  name: 'x',
  // @ts-expect-error: a step has a kind
  steps: { build: { title: 'x' } },
})

export const wrongSetting = defineWorkflow({
  name: 'x',
  // @ts-expect-error: a call has no standard input
  steps: { tell: { http: 'https://x.test', stdin: 'x' } },
})

export const functionInFile = defineWorkflow({
  name: 'x',
  // @ts-expect-error: a function stands only in a program's own workflow
  steps: { build: { function: 'x' } },
})

export const misspelt = defineWorkflow({
  name: 'x',
  // @ts-expect-error: there is no setting `need`
  steps: { build: { run: 'x' }, test: { run: 'y', need: ['build'] } },
})
