/// What is wrong with a request's query or body, in words for its sender.
struct BadQuery: Error {
    let reason: String
}
