"""The plan: what is proposed and agreed, who may read it, on screen and on paper."""
