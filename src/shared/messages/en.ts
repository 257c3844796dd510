/**
 * Every text of the app, in English: the catalogue that the others are measured by (see `Catalogue`).
 * `{{name}}` is filled in; `_one` and `_other` are the plural forms that i18next picks by `count`, each in its own
 * language: French has `_many` as well.
 */
export const en = {
  app: { name: 'Wexflow Tray' },

  /** Where the app itself could not be built. */
  broken: {
    title: 'Wexflow Tray could not start',
    text: 'Your jobs are not followed. Quit, and start the app again; if that does not help, its log says why: {{path}}',
    tray: 'Wexflow Tray could not start: quit, and start it again',
  },

  appMenu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    zoomIn: 'Larger text',
    zoomOut: 'Smaller text',
    resetZoom: 'Usual text size',
    close: 'Close window',
    minimize: 'Minimise',
    hide: 'Hide {{app}}',
    hideOthers: 'Hide others',
    quit: 'Quit {{app}}',
  },

  tray: {
    /** Heads what a click starts. */
    start: 'Start',
    startWorkflow: 'Start workflow',
    noWorkflows: 'No workflows on this server',
    workflowsUnknown: 'Workflows are not known yet',
    findWorkflow: 'Find a workflow…',
    job: '{{name}} – {{phase}}',
    /** Where there are several servers: a workflow, or how the app stands with one of them. */
    ofServer: '{{text}} ({{server}})',
    showJob: 'Show',
    moreJobs_one: '{{count}} more job…',
    moreJobs_other: '{{count}} more jobs…',
    /** Of those that something has to be said of. */
    moreServers_one: '{{count}} more server…',
    moreServers_other: '{{count}} more servers…',
    runAgain: 'Run again',
    openWindow: 'Open window',
    mute: {
      title: 'Mute notifications',
      hour: 'For an hour',
      morning: 'Until tomorrow morning',
      end: 'Unmute',
    },
    settings: 'Settings…',
    signIn: 'Sign in…',
    updateReady: 'Version {{version}} is ready: restart to update',
    quit: 'Quit',
    notificationsRefused: 'Notifications do not reach you…',
    cannotRemember: 'The app can’t write its files: check the disk…',
    idle: 'Nothing is running',
    running_one: '{{count}} running',
    running_other: '{{count}} running',
    needsYou_one: '{{count}} needs you',
    needsYou_other: '{{count}} need you',
    unseen_one: '{{count}} job needs a look',
    unseen_other: '{{count}} jobs need a look',
    waiting_one: '{{count}} job waits for approval',
    waiting_other: '{{count}} jobs wait for approval',
    inFlight_one: '{{count}} job under way',
    inFlight_other: '{{count}} jobs under way',
    /** With what is said of how many are under way. */
    ofOthers_one: '{{text}}, {{count}} started elsewhere',
    ofOthers_other: '{{text}}, {{count}} started elsewhere',
    jobOfOthers: '{{name}} – {{phase}}, started elsewhere',
  },

  /** Until when notifications are held back. */
  quiet: {
    muted: 'Notifications are muted until {{time}}',
    hours: 'Quiet hours until {{time}}',
    after: 'What happens meanwhile is told together after that.',
    unmute: 'Unmute',
  },

  server: {
    /** In the place of a server's name: the app knows nothing of it but its jobs. */
    forgotten: 'a forgotten server',
  },

  link: {
    signedOut: 'Not signed in',
    connecting: 'Connecting…',
    online: 'Connected',
    slow: 'Connected, ends are told more slowly',
    offline: 'The server does not answer',
    signInNeeded: 'Sign-in needed',
  },

  phase: {
    starting: 'Starting',
    queued: 'Queued',
    notBegun: 'Taken, not begun',
    running: 'Running',
    suspended: 'Suspended',
    waiting: 'Waiting for approval',
    ended: 'Ended',
  },

  /** What the server was asked to do with a job, until it is known what became of that. */
  asked: {
    stop: 'Stopping',
    suspend: 'Suspending',
    resume: 'Resuming',
    approve: 'Approving',
    reject: 'Rejecting',
  },

  /** Who began a job, where it was not this app; the server does not say by whom. */
  origin: {
    others: 'Not started by this app.',
    startup: 'Not started by this app: with the server, or by hand.',
    periodic: 'Not started by this app: by its timer, or by hand.',
    cron: 'Not started by this app: by its schedule, or by hand.',
  },

  outcome: {
    done: 'Done',
    warning: 'Warning',
    failed: 'Failed',
    stopped: 'Stopped',
    rejected: 'Rejected',
    notStarted: 'Not started',
    unknown: 'Unknown',
  },

  reason: {
    disabled: 'The workflow is disabled on the server.',
    unknownWorkflow: 'The server does not know this workflow any more.',
    forbidden: 'You are not permitted to start this workflow.',
    signInExpired: 'Your sign-in has expired. Sign in again, then start it anew.',
    refused: 'The server refused to start it.',
    unreachable: 'The server could not be reached.',
    serverError: 'The server failed to answer properly.',
    notSent: 'The app quit before it could ask the server.',
    startUnconfirmed: 'It was never confirmed whether the server started it.',
    queueDropped: 'Its queue stood still, and it never began. The workflow’s next start may set it going.',
    endedWithServer: 'The server restarted while it ran; how it ended is not recorded.',
    notRecorded: 'It ended, but the server did not record how.',
    historyUnread: 'Only the server’s history may tell how it ended, and it could not be read.',
    unknownStatus: 'The server told a status that this app does not know.',
  },

  failure: {
    badAddress: 'This is not an address. Type it like host:8000 or https://host.',
    noSuchHost: 'There is no computer with this name. Check the spelling and your network.',
    refused: 'Nothing answers at this port. Check the port, and that Wexflow runs.',
    timedOut: 'The server did not answer in time. Check the address, or try again later.',
    unreachable: 'The server can’t be reached. Check your network or VPN.',
    notHttps:
      'What answers here does not speak https. Check the port, or type http:// if the server has no encryption.',
    tlsUntrusted:
      'The server’s certificate is not trusted. Ask its administrator, or install the certificate on this computer.',
    tlsExpired:
      'The server’s certificate is out of date, or not valid yet. Tell its administrator, and check this computer’s clock.',
    tlsOtherName:
      'The server’s certificate is made out to another name. Type the address with that name, or ask its administrator.',
    tlsTooOld:
      'This app and the server have no encryption in common: the server’s is too old, or it wants a certificate of yours. Ask its administrator.',
    tlsChanged:
      'The server shows another certificate than the one that you trusted. Look at it before you sign in, or ask its administrator.',
    badCaFile:
      'The file of authorities can’t be used. Choose a file of certificates (PEM or DER) that you may read.',
    badClientCertificate:
      'Your certificate can’t be used. Check its file, the file of its key, and the passphrase.',
    clientCertificateNeeded:
      'The server wants a certificate of yours, or does not accept the one that it was shown. Ask its administrator.',
    badProxyAddress:
      'This is not the address of a proxy. Type it like proxy.example:3128, without a user name or a password.',
    proxyUnreachable: 'The proxy can’t be reached. Check its address and your network.',
    proxySignIn: 'The proxy asks for a sign-in. Check your user name and password there.',
    proxyRefused:
      'The proxy does not lead to this server: it can’t reach it, or does not permit it. Check the server’s address, or ask the proxy’s administrator.',
    proxyUnsupported:
      'This app can’t use the proxy: it speaks SOCKS, or wants another sign-in than Basic. Set another proxy for this server, or none.',
    frontSignIn:
      'Something in front of the server asks for a sign-in of its own. Check the user name and the password for it.',
    frontSignInPassedOn:
      'What stands in front of the server hands its own sign-in on to Wexflow, which can’t read it. Have its administrator remove the Authorization header there.',
    notWexflow: 'Something answers here, but it is not a Wexflow server. Check the port and the path.',
    portal:
      'A web page answered in place of Wexflow, such as the sign-in page of a network or a proxy. Open the server’s address in a browser.',
    gateway:
      'What stands in front of the server says that Wexflow is away. Try again later, or tell the server’s administrator.',
    busy: 'The server, or what stands in front of it, asks to wait: too many requests. Try again in a while.',
    badCredentials: 'Wrong user name or password.',
    signInExpired: 'Your sign-in has expired. Sign in again.',
    keychainLocked:
      'Your password is in the system’s keychain, which is locked. Unlock it, and the app signs in by itself; or type the password.',
    keychainAway:
      'Your password is in the system’s keychain, which is not there yet. Once it is, the app signs in by itself; or type the password.',
    forbidden: 'You are not permitted to do this. Ask the server’s administrator.',
    noStream: 'The server’s event stream can’t be had. A proxy may hold it back.',
    serverError: 'The server reported an error. Try again, or look into its log.',
    wishRefused:
      'The server says that it did not do it. Perhaps the job has just ended; if it goes on, try again.',
    badAnswer: 'The server’s answer was not understood. Its version may not be supported.',
    tooLarge: 'The answer is larger than this app can read. Tell the server’s administrator.',
  },

  /** In place of those above where the answer named a host. */
  failureOfHost: {
    portal:
      'A page of {{host}} answered in place of Wexflow. Open the server’s address in a browser: it may ask you to sign in there.',
  },

  /** In place of those above where the server has answered before: its address is right. */
  failureOfKnown: {
    noSuchHost: 'The server’s name is not found at the moment. Check your network or VPN.',
    refused:
      'Wexflow does not answer there any more: perhaps it was stopped. If it stays so, tell the server’s administrator.',
    timedOut:
      'The server did not answer in time. Check your network or VPN; if it stays so, tell the server’s administrator.',
    notHttps: 'What answers there now does not speak https. Tell the server’s administrator.',
    notWexflow: 'Something else answers there now in place of Wexflow. Tell the server’s administrator.',
  },

  /** Ends that go to a service of the person's besides. `detail` is a status or an error code. */
  handOn: {
    /** A question of the system's own, before a program is saved. */
    confirm: {
      title: 'Run this program when jobs end?',
      args: 'Its arguments, one on each line:',
      noArgs: 'Without arguments.',
      care: 'Allow it only if you have just entered it yourself.',
      allow: 'Allow',
    },
    test: {
      title: 'Test from Wexflow Tray',
      text: 'The ends of jobs will look like this.',
      workflow: 'Test',
    },
    problem: {
      badAddress: 'This is not an address for it. Copy the whole address, with https://, from the service.',
      noAddress: 'Its address is not known any more. Type it again.',
      keychain: 'Its address is in the system’s keychain, which is locked or not there yet. Unlock it.',
      noSuchHost: 'There is no computer with the name in its address. Check the spelling and your network.',
      unreachable: 'It can’t be reached ({{detail}}). Check the address and your network.',
      timedOut: 'It did not answer in time. Try again later.',
      certificate:
        'No encrypted connection could be made to it ({{detail}}). Check the address, or ask whoever runs it.',
      proxy: 'The proxy does not lead to it ({{detail}}). Check the system’s proxy settings.',
      refused:
        'It refused what was sent (status {{detail}}). Check the address, or make a new one at the service.',
      busy: 'It can’t take anything just now (status {{detail}}). Try again later.',
      badProgram: 'This is not the full path of a program. Choose its file.',
      notConfirmed: 'You did not allow it, so nothing was saved.',
      noProgram: 'The program is not there any more. Choose it again.',
      notPermitted: 'The program may not be run. Check its file’s permissions.',
      notRun: 'The system could not run the program ({{detail}}). A script needs the program that runs it.',
      exitCode: 'The program ended with an error ({{detail}}). Run it by hand to see more.',
      tooLong:
        'The program took longer than 30 seconds and was ended. Have it begin what takes long, and end.',
    },
  },

  notice: {
    defaultPasswordOverHttp:
      'You are signed in with Wexflow’s default password over plain http: others on the network can read it. Change the password, or use https.',
    noKeychain:
      'This desktop offers no keychain, so nothing secret is stored. You stay signed in until the app quits.',
    keychainNotNow:
      'The keychain is locked or not there yet, so the new password is not stored. It will be, once the keychain is unlocked; until the app quits you stay signed in.',
    noStream:
      'This server can’t tell ends as they happen, so you are told more slowly, within a minute or so.',
    noTrayHost:
      'This desktop has no place for tray icons. To open the window again, start Wexflow Tray once more.',
    jobsFileDamaged:
      'The list of jobs was damaged: what could be read of it is here. The old file is kept as {{detail}}.',
    settingsFileDamaged:
      'The settings were damaged: what could be read of them holds, the rest is as it was at first. The old file is kept as {{detail}}.',
    cannotRemember:
      'The app can’t write its files ({{detail}}), so jobs may be forgotten when it quits. Check the disk’s space and permissions.',
    notificationsRefused:
      'Notifications of this app do not reach you. Permit them in the system’s settings, or look here for how jobs ended.',
    notHandedOn: 'Ends can’t be handed on to “{{detail}}”. Test it in the settings, where it says why.',
    updateReady: 'Version {{detail}} is ready. It is installed when you quit the app.',
  },

  /** What `detail` holds is in src/shared/outcome.ts; `corrected` is given the outcome that was told before. */
  evidence: {
    startAsked: 'Start asked for',
    seenElsewhere: 'Seen on the server; not started by this app',
    startAnswered: 'The server confirmed the start',
    startQueued: 'The server put it behind a running job',
    startAnswerLost: 'The answer to the start was lost',
    claimed: 'A new job of this workflow was found and taken for this one',
    claimedFromQueue: 'The server started the queued job',
    idReplaced:
      'The server never showed the id that it had given; another new job of the workflow was taken for it',
    frame: 'The server signalled the end: {{detail}}',
    entry: 'The server’s record says: {{detail}}',
    jobsListed: 'The server lists it as running',
    jobsGone: 'The server no longer lists it as running',
    jobRead: 'The workflow’s last job says: {{detail}}',
    historyFound: 'The server’s history says: {{detail}}',
    historyMissing: 'The server’s history does not hold it',
    historyUnread: 'The server’s history could not be read',
    serverRestarted: 'The server restarted',
    stopAsked: 'Stop asked for',
    corrected: 'Corrected; it was told as “{{detail}}” before',
    concluded: 'Concluded from what is known',
  },

  toast: {
    title: '{{what}}: {{workflow}}',
    correction: '{{what}} (corrected): {{workflow}}',
    /** In the place of the outcome, where a workflow is done after it had failed. */
    fixed: 'Fixed',
    /** The same failure once more, as long as nobody has looked. */
    again: '{{what}} ×{{times}}: {{workflow}}',
    onServer: 'On {{server}}',
    ofServer: '{{workflow}} ({{server}})',
    toldBefore: 'It was told as “{{outcome}}” before.',
    took: 'Took {{duration}}',
    maybeOthers: 'Possibly started by someone else.',
    test: {
      title: 'This is a test',
      body: 'This is how Wexflow Tray tells you how your jobs end.',
    },
    /** Of summaries. */
    corrected_one: '{{count}} of them puts right what was told before',
    corrected_other: '{{count}} of them put right what was told before',
    ofOthers_one: '{{count}} of them was not started by this app',
    ofOthers_other: '{{count}} of them were not started by this app',
    summary_one: '{{count}} job ended: {{counts}}',
    summary_other: '{{count}} jobs ended: {{counts}}',
    count: {
      done_one: '{{count}} done',
      done_other: '{{count}} done',
      warning_one: '{{count}} with a warning',
      warning_other: '{{count}} with warnings',
      failed_one: '{{count}} failed',
      failed_other: '{{count}} failed',
      stopped_one: '{{count}} stopped',
      stopped_other: '{{count}} stopped',
      rejected_one: '{{count}} rejected',
      rejected_other: '{{count}} rejected',
      notStarted_one: '{{count}} not started',
      notStarted_other: '{{count}} not started',
      unknown_one: '{{count}} unknown',
      unknown_other: '{{count}} unknown',
    },
    named: '{{outcome}}: {{workflows}}',
    more_one: '{{count}} more',
    more_other: '{{count}} more',
    phase: {
      waiting: {
        many_one: '{{count}} job waits for approval',
        many_other: '{{count}} jobs wait for approval',
      },
      suspended: {
        many_one: '{{count}} job was suspended',
        many_other: '{{count}} jobs were suspended',
      },
      notBegun: {
        many_one: 'The server has taken {{count}} start and not begun it',
        many_other: 'The server has taken {{count}} starts and begins none',
      },
      stillRunning: {
        many_one: '{{count}} job runs for far longer than usual',
        many_other: '{{count}} jobs run for far longer than usual',
      },
    },
    stillRunning: 'Still running',
    didNotRun: 'Did not run',
    didNotRunMany_one: '{{count}} workflow did not run',
    didNotRunMany_other: '{{count}} workflows did not run',
    expectedAt: 'Expected at {{time}}',
    noRecord: 'No record of a run',
    noRecordMany_one: '{{count}} workflow without a record of a run',
    noRecordMany_other: '{{count}} workflows without a record of a run',
    expectedBefore: 'Expected at {{time}}. The server was away or has been restarted since.',
    begun: 'Begun after all',
    decide: 'It goes on once somebody approves it, and ends if it is rejected.',
    suspended: 'It goes on once somebody resumes it.',
    signInNeeded: 'Sign in again to follow your jobs',
    keychainNeeded: 'Unlock the keychain to follow your jobs',
    notHandedOn: 'The end of {{workflow}} could not be handed on',
    noTrayHost: 'Wexflow Tray runs without an icon',
    cannotRemember: 'Wexflow Tray may forget your jobs',
    server: {
      away_one: 'The Wexflow server does not answer',
      away_other: '{{count}} Wexflow servers do not answer',
      back_one: 'The Wexflow server answers again',
      back_other: '{{count}} Wexflow servers answer again',
    },
    /** Wexflow's own messages to the user. */
    message: {
      one: 'Message from Wexflow',
      from: 'Message from {{user}}',
      many_one: '{{count}} message from Wexflow',
      many_other: '{{count}} messages from Wexflow',
      users: 'From {{users}}',
      notMarked: 'Messages could not be marked as read',
    },
    wishFailed: {
      stop: '{{workflow}} could not be stopped',
      suspend: '{{workflow}} could not be suspended',
      resume: '{{workflow}} could not be resumed',
      approve: '{{workflow}} could not be approved',
      reject: '{{workflow}} could not be rejected',
    },
  },

  /** What the command line says besides. Options and commands stand as they are typed. */
  commandLine: {
    noWorkflow: 'No workflow is called “{{called}}”. The command list shows which there are.',
    severalWorkflows: '“{{called}}” may mean several workflows: {{names}}.',
    noServer: 'No server is called “{{called}}”. Known here: {{names}}.',
    noServerKnown: 'No server is known here. Give --server and --user, or sign in with the app once.',
    severalServers: 'Several servers may be meant. Say which with --server: {{names}}.',
    userNeeded: 'Say with --user who signs in to {{server}}.',
    noJob: 'No job is called “{{called}}”. The command jobs shows which there are.',
    severalJobs: '“{{called}}” may mean several jobs: {{names}}.',
    noJobId: 'The server has not given this job an id yet, so it can’t be asked. Try again in a moment.',
    password: 'Password of {{user}} on {{server}}:',
    passwordNeeded:
      'There is no terminal to ask for the password on. Give it with --password-file, or in the environment as WEXFLOW_TRAY_PASSWORD.',
    noPassword: 'No password was given.',
    passwordUnread: 'The password could not be read from {{file}} ({{code}}).',
    signedOut: 'The app is not signed in to {{server}}. Sign in there, or give --user to sign in from here.',
    notFollowed: 'No longer followed. What the server has begun goes on.',
    answersAgain: 'The server answers again.',
    jobForgotten: 'The job is not in the list any more.',
    noLog: 'The job’s log could not be read. {{why}}',
    /** Why the app that runs here can't be asked. */
    app: {
      otherVersion:
        'The app that runs here is of another version than this command. Quit it, and start it again.',
      notUnderstood:
        'The app that runs here and this command do not understand each other. Quit the app, and start it again.',
      failed: 'The app that runs here could not do it. Its log says why.',
      gone: 'The app has ended. What the server has begun goes on; the app follows it again at its next start.',
      foreign:
        'What stands in the place of the app’s socket belongs to somebody else, and is not used. Give --user to sign in from here.',
    },
  },

  /** Words of buttons that are on many pages. */
  button: {
    again: 'Try again',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
  },

  shell: {
    skipToContent: 'Skip to content',
    navigation: 'Pages',
    loading: 'Loading…',
    broken: {
      title: 'This window has a problem',
      text: 'Your jobs are followed all the same. Reload the window; if that does not help, quit the app and start it again.',
      reload: 'Reload',
    },
    notices: 'Notices',
    signIn: 'Sign in',
    account: '{{username}} on {{server}}',
    menu: {
      title: 'Menu',
      servers: 'Servers and accounts…',
      settings: 'Settings…',
      mute: {
        hour: 'Mute notifications for an hour',
        morning: 'Mute notifications until tomorrow morning',
        end: 'Unmute notifications',
      },
      keys: 'Keyboard shortcuts',
    },
    /** Where there are several servers: how many of them are connected. */
    connected: '{{connected}} of {{count}} connected',
    banner: {
      /** Where there are several servers. */
      title: '{{server}}: {{text}}',
      signedOut: 'Sign in to start workflows and to follow them.',
      offline:
        'The list may be out of date. Jobs under way are followed again as soon as the server answers.',
      slow: 'No live signals come through from this server: you are told within a minute or so.',
      signInNeeded: 'Jobs under way are kept, but they can’t be followed until you sign in again.',
    },
  },

  connect: {
    title: 'Connect to Wexflow',
    add: 'Add server',
    signInTo: 'Sign in to {{server}}',
    intro: 'Sign in to the Wexflow server whose workflows you want to start and follow.',
    again: 'Your sign-in to this server has expired.',
    refused: 'The server does not accept your password any more. Type the one that holds now.',
    address: 'Server address',
    addressHint: 'As you would type it in a browser, for example host:8000',
    username: 'User name',
    password: 'Password',
    staySignedIn: 'Stay signed in',
    staySignedInHint:
      'Keeps the password in the system’s keychain or, where there is none, until the app quits',
    submit: 'Connect',
    submitting: 'Connecting…',
    missing: {
      address: 'Type the address of your Wexflow server.',
      username: 'Type your user name.',
      password: 'Type your password.',
    },
    broken: 'The app did not answer. Try again.',
    lookAtCertificate: 'Look at the certificate',
    withoutEncryption: 'Connect to {{address}}, without encryption',
    /** How the server is reached. */
    way: {
      title: 'Connection',
      keptHint: 'Empty: as before',
      proxy: 'Proxy',
      proxies: { system: 'As the system is set', none: 'None', own: 'This one' },
      proxyAddress: 'Proxy address',
      proxyAddressHint: 'For example proxy.example:3128, or https://proxy.example',
      proxyUsername: 'Proxy user name',
      proxyPassword: 'Proxy password',
      choose: 'Choose…',
      chooseFile: 'Choose: {{file}}',
      caFile: 'Authorities',
      caFileHint: 'A file of certificates that may sign the server’s, besides those of the system',
      certificateFile: 'Your certificate',
      certificateFileHint: 'PEM or PFX, for servers that ask for one',
      keyFile: 'Key of your certificate',
      keyFileHint: 'Empty: it is in the same file',
      passphrase: 'Passphrase of the key',
      frontUsername: 'User name in front of the server',
      frontUsernameHint: 'Where a proxy in front of Wexflow asks for a sign-in of its own (Basic)',
      frontPassword: 'Password in front of the server',
      trusted: 'You trust this certificate for this server:',
      distrust: 'No longer trust it',
    },
    certificate: {
      title: 'Certificate of {{host}}',
      subject: 'Made out to',
      names: 'For',
      issuer: 'Signed by',
      itself: 'itself',
      validFrom: 'Valid from',
      validTo: 'Valid until',
      fingerprint: 'SHA-256 fingerprint',
      nothing: 'It does not say',
      advice:
        'Ask the server’s administrator for the fingerprint and compare it: whoever stands between you and the server could show a certificate of their own. If you trust it, exactly this certificate counts, for this server only.',
      trust: 'Trust this certificate',
    },
  },

  servers: {
    title: 'Servers',
    add: 'Add server',
    none: 'No server is known yet. Add the Wexflow server whose workflows you want to start and follow.',
    account: '{{username}} on {{address}}',
    underWay_one: '{{count}} job under way',
    underWay_other: '{{count}} jobs under way',
    /** Its jobs, of which some had not ended when it was signed out of. */
    notFollowed_one: '{{count}} job is not followed',
    notFollowed_other: '{{count}} jobs are not followed',
    signIn: 'Sign in',
    signInTo: 'Sign in to {{server}}',
    signOut: 'Sign out',
    signOutOf: 'Sign out of {{server}}',
    connection: 'Connection',
    connectionTo: 'Connection to {{server}}',
    lookAtCertificate: 'Look at the certificate',
    lookAtCertificateOf: 'Look at the certificate of {{server}}',
    certificateUnread: 'The certificate could not be read.',
    rename: 'Rename',
    renameServer: 'Rename {{server}}',
    name: 'Name of {{server}}',
    nameHint: 'Empty: it is called by its address.',
    forget: 'Forget this server',
    forgetServer: 'Forget this server: {{server}}',
    watch: {
      label: 'Jobs to follow',
      mine: 'Only those that you start here',
      favourites: 'Also every run of your favourites',
      all: 'All that you may see',
      hint: 'Runs that other people, a schedule or a program start are listed and told like your own.',
    },
    askSignOut: {
      title: 'Sign out of {{server}}?',
      text_one:
        '{{count}} job is under way there. It goes on, but it is not followed until you sign in again: only then are you told how it ended.',
      text_other:
        '{{count}} jobs are under way there. They go on, but they are not followed until you sign in again: only then are you told how they ended.',
    },
    askForget: {
      title: 'Forget {{server}}?',
      text: 'Its password, its name and your favourites there are removed from this computer. The list keeps its jobs.',
      underWay_one: '{{count}} job is under way there: it goes on, and you are not told how it ends.',
      underWay_other: '{{count}} jobs are under way there: they go on, and you are not told how they end.',
    },
  },

  history: {
    title: 'Server history',
    server: 'Server',
    signedOut: 'Sign in to a server to look through its history.',
    search: 'Search the history',
    find: 'Find',
    outcomes: 'Which outcomes are listed',
    onDay: 'Day',
    days: 'Jobs that ended on each day, by the server’s clock',
    day_one: '{{day}}: {{count}} job',
    day_other: '{{day}}: {{count}} jobs',
    reading: 'Reading the history…',
    failed: 'The history could not be read.',
    nothing: 'Nothing in the history is like this.',
    end: 'This is the beginning of the history.',
    more: 'Show older ones',
    choose: 'Choose a job to read its log.',
    back: 'Back to the list',
    endedAt: 'Ended {{time}}, server time',
  },
  /** Copies and files of lists. */
  exporting: {
    open: 'Copy or export…',
    title: 'Copy or export the list',
    which: 'Which rows',
    shown_one: 'The one that is shown',
    shown_other: 'The {{count}} that are shown',
    all: 'All that are found, at most {{most}}',
    format: 'Format',
    hint: {
      csv: 'For spreadsheets. Texts that one could take for a formula are led by an apostrophe.',
      json: 'For programs.',
    },
    reading_one: '{{count}} row read…',
    reading_other: '{{count}} rows read…',
    rows_one: '{{count}} row',
    rows_other: '{{count}} rows',
    cut: 'There are more: these are the newest.',
    failed: 'They could not be read. Choose the others, or try again later.',
    copy: 'Copy',
    save: 'Save…',
    notCopied: 'It could not be copied. Save it instead.',
    saveFailed: 'It could not be saved. Choose another folder.',
  },
  messages: {
    title: 'Messages',
    hint: 'What Wexflow has to say to you, such as that a record waits for your approval.',
    reading: 'Reading the messages…',
    failed: 'The messages could not be read.',
    none: 'There are no messages for you.',
    signedOut: 'Sign in to a server to read its messages to you.',
    markRead: 'Mark as read',
    markAllRead: 'Mark all as read',
    markFailed: 'It could not be marked as read.',
    unread: 'Unread',
    fromWexflow: 'Wexflow',
    markOne: 'Mark as read: {{text}}',
    leftOut_one: '{{count}} older one is left out: the web manager has it.',
    leftOut_other: '{{count}} older ones are left out: the web manager has them.',
    count_one: '{{count}} unread message',
    count_other: '{{count}} unread messages',
  },
  jobs: {
    title: 'Jobs',
    loading: 'Loading jobs…',
    detail: 'Job detail',
    search: {
      label: 'Search jobs',
      hint: 'By workflow, outcome, error, server or day',
    },
    chips: 'Which jobs are listed',
    chip: {
      all: 'All',
      running: 'Running',
      needsYou: 'Needs you',
      failed: 'Failed',
      mine: 'Mine',
      others: 'Others',
    },
    section: { needsYou: 'Needs you', running: 'Running' },
    day: { today: 'Today', yesterday: 'Yesterday' },
    ofUsual: '{{time}} of usually {{usual}}',
    ofUsualLong: 'longer than usual: {{time}} of {{usual}}',
    nothing: {
      found: 'No job says this. Words are looked for in workflows, outcomes, errors, servers and days.',
      running: 'No job is running.',
      needsYou: 'Nothing needs you.',
      failed: 'No job has failed.',
      mine: 'No job was started here.',
      others: 'No job was started elsewhere.',
      showAll: 'Show all jobs',
    },
    said: {
      removed_one: '{{count}} job removed from the list',
      removed_other: '{{count}} jobs removed from the list',
      removeRefused: 'It can’t be removed yet: its end is still to be told, or may be corrected.',
      undo: 'Undo',
      runAgainFailed: '{{workflow}} could not be started again',
      copied: 'Copied',
      copyFailed: 'It could not be copied. Try again.',
      saved: 'Saved',
      saveFailed: 'It could not be saved. Choose another folder.',
      notOpened: 'No browser could be opened.',
    },
    empty: {
      title: 'No jobs yet',
      text: 'Start a workflow here or from the tray. You are told how it ends.',
      signedOut: 'Sign in to a Wexflow server to start workflows and follow them.',
      offline: 'The server does not answer. Jobs appear here once it does and you start one.',
    },
    /** Beside the list, while no job is selected. */
    overview: {
      today: 'Ended today',
      nothingToday: 'Nothing yet',
      nextRuns: 'Next runs',
      keys: 'Keys',
    },
    notFollowed: 'Not followed',
    othersVariables:
      'The server ran it with the variables of the job before it: it forgets those of a start that waits.',
    ofOthers: 'Started elsewhere',
    notBegun: 'Start it again, or restart the server.',
    start: {
      button: 'Start workflow',
      /** The same where there is little room. */
      word: 'Start',
      loading: 'The workflows of this server are not known yet',
      none: 'This server has no workflows that you may see',
      search: 'Find a workflow',
      workflows: 'Workflows',
      searchHint: 'Enter starts the first that is found, Shift+Enter with variables',
      group: {
        favourites: 'Favourites',
        recent: 'Started last',
        others: 'Others',
      },
      noMatch: 'No workflow has this in its name',
      more_one: '{{count}} more: type a part of its name',
      more_other: '{{count}} more: type a part of the name',
      disabled: 'Disabled on the server',
      nextRun: 'Next run {{day}}, {{time}}',
      nextDay: {
        today: 'today',
        tomorrow: 'tomorrow',
      },
      approval: 'Asks for approval',
      addFavourite: 'Add {{workflow}} to favourites',
      removeFavourite: 'Remove {{workflow}} from favourites',
      webManager: '{{workflow}} in the web manager',
    },
  },

  job: {
    none: 'Select a job to see its details',
    server: 'Server',
    jobId: 'Job id',
    nextRun: 'Next run',
    workflowId: 'Workflow id',
    notYet: 'Not yet known',
    requestedAt: 'Requested',
    firstSeenAt: 'First seen',
    startedAt: 'Started',
    endedAt: 'Ended',
    duration: 'Duration',
    notKnown: 'Not known',
    maybeOthers: 'Possibly started by someone else: a job does not tell who started it.',
    notBegun:
      'The server has taken this start, but begins nothing. Start the workflow again; if that does not begin either, restart the server, or open the workflow in Wexflow and save it again.',
    notFollowed:
      'This job is not followed while you are not signed in to its server. Once you sign in again, you are told how it ended.',
    serverForgotten:
      'This job is not followed: its server was forgotten. If you sign in there again, you are told how it ended.',
    ofNotFollowed: '{{server}} (not followed)',
    back: 'Back to the list',
    close: 'Close, to the overview',
    more: 'More',
    menu: 'Actions for {{workflow}}',
    /** For ears: which job a button in the list is of. */
    actionOf: '{{action}}: {{workflow}}',
    action: {
      runAgain: 'Run again',
      withVariables: 'With variables…',
      stop: 'Stop',
      suspend: 'Suspend',
      resume: 'Resume',
      approve: 'Approve',
      reject: 'Reject',
      copyError: 'Copy the error',
      notifications: 'Notifications for this workflow…',
      openWebManager: 'Open in the web manager',
      remove: 'Remove from the list',
    },
    /** After a key that could have been hit by mistake. */
    ask: {
      stop: 'Stop {{workflow}}?',
      approve: 'Approve {{workflow}}?',
      reject: 'Reject {{workflow}}?',
    },
    when: {
      moment: '{{day}} {{time}}',
      since: 'since {{moment}}',
      took: 'took {{duration}}',
      running: '{{duration}} so far',
      usual: 'usually {{duration}}',
    },
    runs: {
      /** `sum`: how many ended in which way. */
      last: 'last {{count}} runs: {{sum}}',
    },
    notification: 'Notification',
    told: {
      shown: 'Shown at {{time}}',
      muted: 'None, as set in the settings',
      seen: 'None: this window showed the job',
      refused: 'Refused by the system at {{time}}',
    },
    log: {
      title: 'Log',
      loading: 'Loading the log…',
      whileRunning: 'The server stores the log when the job has ended.',
      empty: 'The server has no log for this job.',
      notFollowed: 'Sign in to the job’s server to see its log.',
      failed: 'The log can’t be shown.',
      search: 'Find in log',
      /** The same where there is little room. */
      searchWord: 'Find in log',
      found_one: '{{total}} line',
      found_other: '{{total}} lines',
      foundAt: '{{at}} of {{total}}',
      up: 'Previous match',
      down: 'Next match',
      count: {
        error_one: '{{count}} error',
        error_other: '{{count}} errors',
        warning_one: '{{count}} warning',
        warning_other: '{{count}} warnings',
      },
      /** The same as a button: its name begins with the words that it shows. */
      next: {
        error_one: '{{count}} error: go to it',
        error_other: '{{count}} errors: go to the next',
        warning_one: '{{count}} warning: go to it',
        warning_other: '{{count}} warnings: go to the next',
      },
      levels: 'Levels',
      level: {
        none: 'All levels',
        info: 'Info and worse',
        warning: 'Warnings and errors',
        error: 'Errors',
      },
      wrap: 'Wrap',
      raw: 'Raw',
      copy: 'Copy log',
      copyWord: 'Copy',
      save: 'Save log',
      saveWord: 'Save',
    },
    evidence: {
      title: 'Details and how this is known',
      /** Which source decided the outcome. */
      source: {
        stream: 'by the signal of the job’s end',
        entry: 'by the server’s record of the job',
        job: 'by what the server remembers of the workflow’s last job',
        history: 'by the server’s history',
        inferred: 'concluded by this app',
      },
    },
    wishFailed: {
      stop: 'It could not be stopped.',
      suspend: 'It could not be suspended.',
      resume: 'It could not be resumed.',
      approve: 'It could not be approved.',
      reject: 'It could not be rejected.',
    },
  },

  /** What a link from outside, which any web page can hold, asks for. */
  deepLink: {
    title: 'A link asks to start {{workflow}}',
    warning:
      'Nothing is started until you choose Start. Do so only if you wanted this, and look at what is sent.',
    problem: {
      unreadable: 'A link was opened that this app does not understand. Nothing was done.',
      noSuchServer:
        'A link asks for a server that is not known here, or for one of several of that name. Nothing was done.',
      noSuchWorkflow:
        'A link asks for a workflow that is not there, is disabled, or is one of several of that name. Nothing was done.',
      noSuchJob: 'A link leads to a job that is not in the list.',
      serverAway: 'A link asks for a workflow of a server that does not answer. Open the link again later.',
    },
  },

  /** The start of a workflow with values for what it calls `$name`. */
  variables: {
    title: 'Start {{workflow}}',
    open: 'With variables: {{workflow}}',
    openHint: 'Start with variables… (Shift+Enter)',
    loading: 'Reading which variables it takes…',
    failed: 'Which variables it takes could not be read.',
    addByName: 'You can still add those that you know by name.',
    none: 'This workflow takes no variables.',
    empty:
      'A field that is left empty is not sent: the server’s own value holds, if it has one. Its global variables, which it tells nobody, win over what is sent.',
    ownWins: 'The workflow’s own value wins: what is sent for it is ignored.',
    secret: 'Secret',
    secretHint: 'Sent once, and not remembered.',
    name: 'Name',
    value: 'Value',
    /** For ears: which of the added variables a control is of. */
    valueOf: 'Value of {{name}}',
    secretOf: 'Secret: {{name}}',
    removeOf: 'Remove {{name}}',
    /** In the place of a name that is still to be typed. */
    unnamed: 'the added variable',
    add: 'Add a variable',
    waits:
      'A job of this workflow runs, and it runs one at a time: this start has to wait, and the server forgets the variables of a start that waits.',
    start: 'Start',
    problem: {
      nameMissing: 'Type the variable’s name.',
      badName: 'A name is made of letters, digits and _, at most 100, and begins with no digit.',
      nameTwice: 'There is a field of this name already.',
      tooLong: 'At most 10,000 characters can be sent.',
    },
    /** Among the facts of a job. */
    fact: 'Variables',
    said: '{{name}} = {{value}}',
    hidden: 'secret',
  },

  keys: {
    title: 'Keyboard shortcuts',
    hint: 'Single keys do nothing while you type in a field. They can be turned off in the settings.',
    off: 'Single keys are turned off in the settings.',
    search: 'Search jobs',
    start: 'Start a workflow',
    move: 'Next or previous job',
    fold: 'Unfold or fold equal ends',
    open: 'Go to the job’s detail',
    back: 'Back to the list, and from there to the overview',
    runAgain: 'Run again',
    withVariables: 'Start with variables',
    stop: 'Stop (asks first)',
    suspend: 'Suspend or resume',
    decide: 'Approve or reject (asks first)',
    history: 'Server history, and back',
    webManager: 'In Wexflow’s web manager',
    menu: 'All actions of the job',
    failures: 'Only failures, or all again',
    log: 'Find in the log',
    error: 'Next error in the log',
    remove: 'Remove from the list',
    help: 'This list',
  },

  compact: {
    title: 'Small window',
    pin: 'Keep it open',
    expand: 'Open the full window',
  },

  welcome: {
    title: 'What happens now',
    go: 'Go to the jobs',
    follow: {
      title: 'Your jobs are followed',
      text: 'When one ends, a notification says how, also while you use other programs.',
    },
    close: {
      stay: {
        title: 'The window can be closed',
        text: 'The app goes on following your jobs without it.',
      },
      quit: {
        title: 'Closing the window quits the app',
        text: 'That is how it is set. What ends meanwhile is told at the next start.',
      },
    },
    icon: {
      title: 'Where the icon is',
      use: 'Its menu starts workflows, opens this window and quits the app.',
      windows:
        'At the right end of the taskbar. Windows puts new icons behind the arrow (^) there: drag it out, and it stays in sight.',
      macos:
        'In the menu bar, at the top right of the screen. Where that is full, macOS leaves icons out: quit an app that has one there.',
      gnome: 'In the bar at the top of the screen, on the right.',
      gnomeNone:
        'GNOME shows no tray icons by itself. Install the extension “AppIndicator and KStatusNotifierItem Support” from extensions.gnome.org. Until then, start Wexflow Tray again to open this window.',
      kde: 'In the panel’s system tray. If it is not there, it is behind the arrow beside it, and the system tray’s settings keep it in sight.',
      linux: 'In the panel, where other programs have their icons.',
      none: 'This desktop has no place for tray icons. To open this window again, start Wexflow Tray once more.',
    },
    test: {
      title: 'Can you see notifications?',
      button: 'Show a test notification',
      shown: 'The desktop has taken it. Did you see it?',
      yes: 'Yes',
      no: 'No',
      seen: 'Good: this is how you will be told.',
      unseen: 'Then something on this computer hides it.',
      refused: 'The desktop has refused it ({{reason}}).',
      silent: 'The desktop has not answered.',
      failed: 'The test could not be made. Try again.',
      help: {
        windows:
          'Look in Settings, System, Notifications: they have to be on for Wexflow Tray, and Do not disturb off.',
        macos:
          'Look in System Settings, Notifications: they have to be allowed for Wexflow Tray, and no Focus may be on.',
        gnome:
          'Look in Settings, Notifications: they have to be on for Wexflow Tray, and Do Not Disturb off. That is also below the clock.',
        kde: 'Look in System Settings, Notifications, and in the system tray’s notifications: Do not disturb has to be off.',
        linux:
          'Look for “Do not disturb” in the panel and in the settings of notifications. A desktop without a notification daemon (such as dunst, mako or xfce4-notifyd) shows none.',
      },
      openSettings: 'Open the notification settings',
      notOpened: 'The settings could not be opened.',
    },
  },

  settings: {
    title: 'Settings',
    notifications: {
      title: 'Notifications',
      hint: 'What you are told, with which sound, and whether it stays on the screen until you dismiss it.',
      outcome: 'Outcome',
      beforeEnd: 'Before the end',
      notify: 'Notify',
      stays: 'Stays',
      sound: 'Sound',
      notifyOn: '{{outcome}}: notify',
      staysOn: '{{outcome}}: stays on the screen until you dismiss it',
      soundOn: '{{outcome}}: sound',
      tellFixed: 'Tell when a workflow that failed is done again',
      tellFixedHint: 'Also where Done is not told. The notification says “Fixed”.',
      tellShown: 'Also for a job that the window shows at that moment',
      tellMessages: 'Messages that Wexflow has for you',
      stillRunningHint:
        'Still running: after more than three times its usual time, and five minutes longer at least.',
      missedRuns: 'Also when a workflow does not run as its schedule says',
      missedRunsHint:
        'Workflows of servers on which you follow what others start: all, or your favourites. In exceptions it counts as Not started.',
      oneByOne: 'Notifications one by one',
      oneByOneHint: 'At most so many in ten seconds, between {{min}} and {{max}}. More come together as one.',
      oneByOneInvalid: 'Type a whole number between {{min}} and {{max}}. Until then it is {{value}}.',
    },
    sound: {
      none: 'None',
      usual: 'Default',
      names: {
        complete: 'Completed',
        'dialog-information': 'Information',
        'dialog-warning': 'Warning',
        'dialog-error': 'Error',
        bell: 'Bell',
        'alarm-clock-elapsed': 'Alarm clock',
      },
      file: 'Choose a file…',
      fileHint: 'Most desktops play Ogg Vorbis and WAV.',
      test: 'Show a test notification with this sound',
      testOf: '{{outcome}}: show a test notification with this sound',
      onWindows: 'On Windows a notification has the system’s own sound, or none.',
      noSounds:
        'This desktop says that its notifications play no sounds. What you choose is kept, but not heard.',
    },
    rules: {
      title: 'Exceptions',
      hint: 'For some workflows, servers or people something else may hold. The first exception that fits a job counts.',
      add: 'Add an exception',
      edit: 'Edit',
      up: 'Move up',
      down: 'Move down',
      remove: 'Remove',
      anyWorkflow: 'Any workflow',
      everything: 'Everything',
      anyOutcome: 'Any outcome',
      anyServer: 'Any server',
      onServer: 'on {{server}}',
      startedBy: { me: 'started by you', others: 'started by others' },
      what: '{{outcomes}}: {{effect}}',
      effect: {
        none: 'no notification',
        sound: 'notification with sound',
        silent: 'silent notification',
        soundStays: 'notification with sound that stays',
        named: 'notification with the sound “{{sound}}”',
        namedStays: 'notification with the sound “{{sound}}” that stays',
        silentStays: 'silent notification that stays',
      },
      dialog: 'Exception for notifications',
      workflow: 'Workflow',
      server: 'Server',
      starter: 'Started by',
      starters: { anyone: 'Anyone', me: 'Me', others: 'Others' },
      outcomes: 'Outcomes',
      nothingChosen: 'Choose what it is about.',
      stays: 'Stays on the screen until you dismiss it',
      handOn: 'Also hand on to',
      handedOn: 'Handed on to {{names}}',
    },
    handOn: {
      title: 'Hand on',
      hint: 'For when you are not at this computer: the ends of jobs also go to a service or a program of yours, even while notifications are muted.',
      add: 'Add a target',
      test: 'Test',
      tested: 'It was taken. Look whether it has come.',
      testFailed: 'It could not be tested. Try again.',
      saving:
        'It is being saved. If the system asks you something, such as to unlock its keychain, answer that first.',
      notSaved: 'It could not be saved. Try again.',
      notRemoved: 'It could not be removed. Try again.',
      dialog: 'Hand ends on',
      name: 'Name',
      kind: 'To',
      kinds: {
        json: 'Any service, as JSON',
        ntfy: 'ntfy',
        slack: 'Slack',
        teams: 'Microsoft Teams',
        program: 'A program',
      },
      address: 'Address',
      addressHints: {
        json: 'It is sent a POST for each end, with all that is known of it.',
        ntfy: 'The server and the topic, such as https://ntfy.sh/topic.',
        slack: 'The address of an incoming webhook.',
        teams: 'The address of a workflow that posts what a webhook receives.',
      },
      addressKept: 'The address is kept as it is, unless you type another.',
      program: 'Program',
      args: 'Arguments',
      argsHint:
        'One on each line. The program finds what is known of the end in its environment, such as WEXFLOW_TITLE.',
      clear: 'With http, others on the network can read what is sent.',
      isForAll: 'Hand on all ends that are told',
      all: 'All ends that are told',
      none: 'Only what exceptions hand on',
    },
    quiet: {
      title: 'Quiet hours',
      hint: 'What happens in them is told as one summary afterwards.',
      isOn: 'Show no notifications in quiet hours',
      days: 'Days on which they begin',
      from: 'From',
      to: 'to',
      extent: {
        never: 'No day is chosen, so nothing is held back.',
        always: 'They would never end, so nothing is held back. Choose other times, or fewer days.',
        wholeDay: 'They end at the same time of the next day.',
        overnight: 'They end on the next day.',
      },
    },
    appearance: {
      title: 'Appearance',
      theme: 'Theme',
      themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
      density: 'Rows of the list',
      densities: { comfortable: 'Comfortable', compact: 'Compact' },
    },
    behaviour: {
      title: 'Behaviour',
      iconClick: 'A click on the tray icon opens',
      iconClicks: { auto: 'What suits this desktop', compact: 'The small window', full: 'The window' },
      iconClickHint:
        'The small window on X11. On Wayland the window, since the desktop decides where windows are.',
      whenClosed: 'When the window is closed',
      closings: { stay: 'Stay in the tray', quit: 'Quit the app' },
      closingHints: {
        stay: 'The app goes on following your jobs and tells you how they end.',
        quit: 'Nobody follows your jobs then: what ends is told at the next start.',
      },
      shortcut: {
        label: 'Find a workflow from every program',
        choose: 'Choose keys',
        press: 'Press the keys, or Esc',
        remove: 'Remove',
        refused: 'The system does not give {{keys}}: another program may have it. Choose other keys.',
        hint: 'Keys together with Ctrl, Alt or the system’s key, or a function key.',
        wayland: 'On Wayland the desktop decides whether programs may have such keys.',
      },
      singleKeys: 'Shortcuts of a single key',
      singleKeysHint: 'Such as J, K, R and /. Turn them off where you dictate, or hit keys by accident.',
    },
    jobs: {
      keep: 'Number of jobs kept',
      keepHint: 'Between {{min}} and {{max}}. The oldest ended jobs are forgotten first.',
      keepInvalid: 'Type a whole number between {{min}} and {{max}}. Until then {{value}} are kept.',
    },
    login: {
      label: 'Start Wexflow Tray when you log in to this computer',
      hint: 'It starts in the tray, without a window.',
      needsApproval:
        'macOS waits for your approval: allow Wexflow Tray in System Settings, General, Login Items.',
      turnedOff:
        'This was turned off in the system’s own settings. Turn it on here to have it started again.',
      otherCopy: 'Another copy of the app is started. Turn it on here to have this one started instead.',
      notInstalled: 'Only an installed app can be started by the system. This one runs from its sources.',
      unknown: 'The system does not tell whether it starts the app.',
      problem: {
        diskFull: 'The disk is full, so this could not be changed. Make room and try again.',
        noPermission:
          'You may not write to the folder in which this is kept. Check its permissions and try again.',
        failed: 'The system did not take the change. Try it in the system’s own settings.',
      },
    },
    language: {
      label: 'Language of the app',
      system: 'As the system',
      hint: 'Dates and numbers are written as the system writes them.',
    },
    updates: {
      title: 'Updates',
      look: 'Look for new versions and fetch them',
      lookHint: 'A version that was fetched is installed when you quit the app.',
      check: 'Look now',
      restart: 'Restart and update',
      checking: 'Looking for a new version…',
      current: 'No newer version. Looked at {{time}}.',
      ready: 'Version {{version}} is ready.',
      failed:
        'A new version could not be looked for, or not be fetched as a whole ({{time}}). Nothing was changed. Try again later.',
      off: {
        notInstalled: 'Only an installed app updates itself. This one runs from its sources.',
        packageManager: 'This app belongs to your system’s package manager, which brings new versions.',
        noSource: 'This package does not say where new versions are. Look for them where you got it.',
        notWritable:
          'You may not write to the folder that this AppImage is in. Move it to a folder of yours, and it updates itself.',
      },
    },
    transfer: {
      title: 'Export and import',
      hint: 'The settings, your servers, favourites and the variables that you sent last, without anything secret.',
      export: 'Export…',
      import: 'Import…',
      exported: 'Exported',
      exportFailed: 'It could not be saved. Choose another folder.',
      imported: 'Imported',
      importFailed: 'The settings could not be taken over. Try again.',
      nothingNew: 'All that is in this file is set already.',
      ask: 'Import these settings?',
      do: 'Import',
      settings: 'These settings are replaced: {{names}}.',
      servers_one: 'One server is added, which you sign in to: {{servers}}.',
      servers_other: '{{count}} servers are added, which you sign in to: {{servers}}.',
      favourites_one: '{{count}} workflow becomes a favourite.',
      favourites_other: '{{count}} workflows become favourites.',
      variables_one: '{{count}} variable is remembered for its workflow.',
      variables_other: '{{count}} variables are remembered for their workflows.',
      rest: 'What else there is stays as it is.',
      problem: {
        unreadable: 'The file can’t be read. Choose another one, or one that you may read.',
        tooLarge: 'The file is far too large for settings. Choose another one.',
        notOurs: 'These are no settings that Wexflow Tray has exported. Choose another file.',
        newer: 'A newer version of Wexflow Tray has exported this file. Update the app first.',
        damaged: 'The file is damaged at “{{detail}}”, so nothing was changed. Export it anew.',
      },
    },
    support: {
      title: 'Help and diagnostics',
      hint: 'Neither the log nor the diagnostics hold passwords or tokens.',
      openLogFile: 'Open log file',
      copyDiagnostics: 'Copy diagnostics',
      copied: 'Diagnostics copied',
      copyFailed: 'The diagnostics could not be copied.',
      openFailed: 'The log file could not be opened.',
      version: 'Version {{version}}',
      licences: 'Third-party licences',
      licencesFailed:
        'The licences could not be read. They are in the file third-party-notices.txt of the app.',
    },
    saving: 'Saving…',
    saved: 'Saved',
    saveFailed: 'The settings could not be saved. Try again.',
  },
} as const

/** The plural forms that a language has of `key_other`; any other key is itself. */
type KeyIn<Key, Form extends Intl.LDMLPluralRule> = Key extends `${infer Base}_other`
  ? `${Base}_${Form}`
  : Key extends `${string}_one`
    ? never
    : Key

/**
 * The shape of a catalogue in another language: the keys of `en`, each with a text of its own.
 * `Form`: the plural forms that `Intl.PluralRules` knows in that language.
 */
export type Catalogue<Form extends Intl.LDMLPluralRule = 'one' | 'other', Part = typeof en> = {
  readonly [Key in keyof Part as KeyIn<Key, Form>]: Part[Key] extends string
    ? string
    : Catalogue<Form, Part[Key]>
}
