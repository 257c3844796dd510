import { electronForTests } from './electron-runtime.ts'
import { script } from './steps.ts'

await script(async () => {
  const { executable } = await electronForTests()
  console.log(executable)
  return 0
})
