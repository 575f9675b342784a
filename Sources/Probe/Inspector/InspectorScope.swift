/// Where a variable lives.
enum InspectorScope: Hashable {
    /// Everybody sees it: a property of `globalThis`, or a variable of a script that is no module.
    case global
    /// One of the scopes around a function, which is kept by this name in the session.
    case around(function: String, index: Int)
}
