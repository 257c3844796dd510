// The least that an Electron app does to tell a job's end: one request for each job, and a notification for its frame.
// Told on standard input which streams to read, one address a line.
const readline = require('node:readline')
const { app, Notification } = require('electron')

const headers = { Authorization: `Bearer ${process.env.BASELINE_TOKEN}` }
// What nothing refers to is collected, and its notification with it.
const shown = []

async function follow(address) {
  const answer = await fetch(address, { headers })
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of answer.body) {
    text += decoder.decode(bytes, { stream: true })
    if (text.endsWith('\n\n')) break
  }
  const { name, status } = JSON.parse(text.slice('data: '.length))
  const notification = new Notification({ title: `${status}: ${name}`, body: 'The job has ended' })
  shown.push(notification)
  notification.show()
}

app.on('window-all-closed', () => {})

async function run() {
  await app.whenReady()
  readline.createInterface({ input: process.stdin }).on('line', (address) => void follow(address))
}
void run()
