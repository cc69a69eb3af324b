// A host that is there to be killed: `<workspace> <state file> <configuration> <what>`. Says `progress <n>` and goes on.
import { createHost } from '../../electron/host/createHost.ts'

const [path = '', stateFile = '', configFolder = '', what = ''] = process.argv.slice(2)
const host = await createHost({
  path,
  host: 'browser',
  stateFile,
  configFolder,
  cacheFolder: `${configFolder}-cache`,
  trust: true,
  report: (error) => console.log(`problem ${error.message}`),
})
const client = host.client()

if (what === 'migrate') {
  const { plan, ...approval } = await client.call('migrate.plan', {})
  console.log(`planned ${plan.rows.length}`)
  await client.call('migrate.apply', approval, {
    onProgress: ({ done }) => console.log(`progress ${done}`),
  })
  console.log('migrated')
}
if (what === 'run') {
  const { ref } = await client.call('run.start', { definition: 'slow.yaml' })
  console.log(`progress ${ref.document}`)
}
if (what === 'hold') console.log('progress 0')
if (what === 'batches') {
  // Each is refused, and has its number all the same.
  for (let round = 0; ; round += 1) {
    await client.call('run.archive', { runs: [`gone-${round}`] })
    const { batches } = await client.call('host.get', {})
    console.log(`number ${Math.max(...batches.shown.map(({ number }) => number))}`)
  }
}
