extension JSONPointer {
    /// The figure a gauge has in a document: a number, or how many elements an array or object holds.
    ///
    /// A server that shows its maps and lists thus needs no counters. Text, even of digits, booleans and null are no
    /// figures.
    func reading(in document: JSONValue) -> GaugeReading {
        switch value(in: document) {
        case .number(let number): .value(number)
        case .array(let elements): .value(Double(elements.count))
        case .object(let members): .value(Double(members.count))
        case .string, .bool, .null: .gap(GapName.notANumber)
        case nil: .gap(GapName.pointerNotFound)
        }
    }
}
