import EventLoop
import Transport

/// Why an exchange ended before its time.
struct ExchangeFailure: Error {
    let end: ExchangeEnd

    init(_ end: ExchangeEnd) { self.end = end }

    init(_ failure: Failure) { end = .failed(failure.name) }

    init(_ error: SystemError) { end = .failed(error.name) }
}
