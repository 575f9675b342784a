import Testing

/// The suites that run the built command against real servers and clients.
///
/// One after another: each of them fills the processors, and would disturb the others' load.
@Suite(.serialized) enum Integration {}
