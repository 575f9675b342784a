import Vocabulary

/// What was recorded apart, by two workers or in two runs, and can be told as one.
protocol Mergeable {
    /// Adds what another recorded.
    mutating func merge(_ other: Self)
}

extension Array where Element: Mergeable {
    /// Adds the elements of others: each to the first that is of the same, else behind all.
    mutating func merge(_ others: [Element], by areOne: (Element, Element) -> Bool) {
        for other in others {
            if let index = firstIndex(where: { areOne($0, other) }) {
                self[index].merge(other)
            } else {
                append(other)
            }
        }
    }
}

extension Optional {
    /// Adds what another recorded; nil only where neither did.
    mutating func merge(_ other: Wrapped?) where Wrapped: Mergeable {
        guard let other else { return }
        if self?.merge(other) == nil { self = other }
    }

    /// Adds the elements of others: each to the first that is of the same, else behind all; nil only where both are.
    mutating func merge<Element: Mergeable>(_ others: [Element]?, by areOne: (Element, Element) -> Bool)
    where Wrapped == [Element] {
        guard let others else { return }
        if self == nil { self = [] }
        self?.merge(others, by: areOne)
    }

    /// Adds another count; nil only where neither was counted.
    mutating func saturatingAdd(_ other: UInt64?) where Wrapped == UInt64 {
        if let other { self = (self ?? 0).saturatingAdding(other) }
    }
}
