namespace SafeConsole.Gateway;

/// <summary>A bounded number of places for each owner, each given back when it is disposed. Thread-safe.</summary>
public sealed class Places<TOwner>
    where TOwner : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TOwner, int> taken = [];

    /// <summary>One more place for the owner; null when it has <paramref name="most"/>.</summary>
    public IDisposable? TryTake(TOwner owner, int most)
    {
        lock (gate)
        {
            var count = taken.GetValueOrDefault(owner);
            if (count >= most)
                return null;
            taken[owner] = count + 1;
            return new Place(this, owner);
        }
    }

    private void GiveBack(TOwner owner)
    {
        lock (gate)
        {
            if (--taken[owner] == 0)
                taken.Remove(owner);
        }
    }

    private sealed class Place(Places<TOwner> places, TOwner owner) : IDisposable
    {
        private Places<TOwner>? held = places;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.GiveBack(owner);
    }
}
