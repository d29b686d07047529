"""The tools for agents (Model Context Protocol): a thin shell over services. A model proposes, the rules decide."""
