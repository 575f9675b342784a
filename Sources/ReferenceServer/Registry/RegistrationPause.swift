/// Lets time pass within a registration, as an `await` would in Node: calls the continuation, now or later.
public typealias RegistrationPause = @Sendable (_ continuation: @escaping @Sendable () -> Void) -> Void
