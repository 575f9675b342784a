import TestTurns
import Testing

/// The suites that run the built command against real servers and clients.
///
/// Some at once: most of them wait for a server's timers. One that fills the processors runs alone.
@Suite(Turn.sideBySide) enum Integration {}
